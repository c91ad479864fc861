import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importConfigModule } from '../../config/src/import-config-module.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await openTemporaryFolder();
});
afterAll(() => folder.remove());

const show = (...args: string[]) => runCommand(['config', 'show', '--json', ...args], { cwd: folder.path });

describe('weir.config.ts', () => {
  it('is read wherever it lies, with the types of a package that is not installed there', async () => {
    await folder.write(
      'weir.config.ts',
      `import { defineConfig, type WeirConfig } from '@weir/config';
const landing: string = ['in', 'coming'].join('');
export default defineConfig({ landing, policy: { decisions: 'all' } } satisfies WeirConfig);
`,
    );
    const ended = await show();
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { file, settings, policy } = ended.json();
    expect(file).toBe(folder.in('weir.config.ts'));
    expect(policy.decisions).toBe('all');
    expect(settings).toContainEqual({ key: 'landing', value: folder.in('incoming'), from: 'file weir.config.ts' });
  });
  it.each([
    ['without a default export', 'export const landing = 1;', 'config.not-loadable', /it has no default export/],
    ['that is no TypeScript', 'export default {', 'config.not-loadable', /cannot be loaded/],
    ['that throws', 'throw new Error("no luck today");', 'config.not-loadable', /no luck today/],
    ['with wrong keys', 'export default { landng: "x" };', 'config.invalid', /^landng: is no such key/m],
  ])('%s is refused', async (name, text, code, message) => {
    const path = await folder.write(`${name}.ts`, text);
    const ended = await show('--config', path);
    expect(ended.code).toBe(2);
    expect(ended.json().error).toMatchObject({ code, message: expect.stringMatching(message) });
  });
  it('is refused by a Node that does not read TypeScript, which says what to do', async () => {
    await expect(importConfigModule('/x/weir.config.ts', { typescript: false })).rejects.toMatchObject({
      code: 'config.not-loadable',
      remedy: 'Use Node 22.18, 24 or newer, or write the configuration as weir.config.json.',
    });
  });
});

describe('weir config', () => {
  it('shows the hash that runs record, and the schema for editors', async () => {
    const path = await folder.write('hash/weir.config.json', '{}');
    const shown = await runCommand(['config', 'show'], { cwd: folder.in('hash') });
    expect(shown.stdout).toContain(`Configuration file: ${path}`);
    expect(shown.stdout).toMatch(/^policy\.decisions +changes +default$/m);
    expect(shown.stdout).toMatch(/^Policy hash: sha256:[0-9a-f]{64}$/m);
    const schema = await runCommand(['config', 'schema'], { cwd: folder.path });
    expect(JSON.parse(schema.stdout).properties.policy.properties).toHaveProperty('maxRejectRate');
  });
  it('leaves the demo its own policy, and says so', async () => {
    const ended = await runCommand(['demo', '--config', folder.in('hash/weir.config.json'), '--json'], {
      cwd: folder.path,
    });
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.json().error.code).toBe('usage.demo-config');
  });
});
