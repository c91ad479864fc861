import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildBundles, FUNCTION_NAMES } from './support/build-bundles.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('bundles of functions', () => {
  const folders = [1, 2].map((build) => mkdtempSync(join(tmpdir(), `weir-bundles-${build}-`)));
  const read = (name: string, build = 0) => readFileSync(pathOf(folders[build]!, name));
  beforeAll(() => {
    for (const folder of folders) buildBundles(folder);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  test.each(FUNCTION_NAMES)('%s has the same bytes at every build', (name) => {
    expect(read(name).equals(read(name, 1))).toBe(true);
  });

  test.each(FUNCTION_NAMES)('%s holds at most 1 MB', (name) => {
    expect(statSync(pathOf(folders[0]!, name)).size).toBeLessThanOrEqual(1_000_000);
  });

  test.each(FUNCTION_NAMES)('%s tells nothing of the machine on which it was built', (name) => {
    const text = read(name).toString('latin1');

    // Not by a matcher, which would print the whole bundle.
    expect([ROOT, homedir(), '.pnpm/'].filter((path) => text.includes(path))).toEqual([]);
  });

  test.each(FUNCTION_NAMES)('%s loads where there is nothing but Node, and asks for its configuration', (name) => {
    const program = `await import(${JSON.stringify(pathOf(folders[0]!, name))})`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: folders[0],
      env: { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
      encoding: 'utf8',
    });

    expect(status).toBe(1);
    expect(stderr.slice(-2000)).toContain('The configuration in WEIR_CONFIG cannot be used: is not set.');
  });
});

function pathOf(folder: string, name: string): string {
  return join(folder, 'packages/lambdas/dist', name, 'index.mjs');
}
