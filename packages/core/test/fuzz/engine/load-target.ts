import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';
import { createInstrumenter } from 'istanbul-lib-instrument';
import type { FuzzTarget } from '../fuzz-target.ts';
import { Coverage, type FileCounters } from './coverage.ts';

const CORE = join(import.meta.dirname, '../../..');
const CACHE = join(CORE, '../../node_modules/.cache/fuzz');
/** The code that is fuzzed. What only holds it to account is not measured. */
const MEASURED = /packages\/core\/src\/(intake|rules|staging)\/.*\.ts$/;
const COUNTERS = '__fuzzCounters__';

export interface LoadedTarget {
  readonly target: FuzzTarget;
  readonly coverage: Coverage;
}

/** Bundles a target with the code that it calls, in which every statement and branch counts how often it runs. */
export async function loadTarget(name: string): Promise<LoadedTarget> {
  const { outputFiles } = await build({
    entryPoints: [join(CORE, 'test/fuzz/targets', `${name}.ts`)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    write: false,
    plugins: [countRuns],
  });
  await mkdir(CACHE, { recursive: true });
  const file = join(CACHE, `${name}-${process.pid}.mjs`);
  await writeFile(file, outputFiles[0]!.contents);
  const target = (await import(pathToFileURL(file).href)) as FuzzTarget;
  await rm(file);
  const counters = (globalThis as { [COUNTERS]?: Record<string, FileCounters> })[COUNTERS] ?? {};
  return { target, coverage: new Coverage(Object.values(counters)) };
}

const countRuns: Plugin = {
  name: 'count-runs',
  setup({ onLoad }) {
    onLoad({ filter: MEASURED }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: 'node24' });
      const instrumenter = createInstrumenter({ esModules: true, coverageVariable: COUNTERS, compact: true });
      return { contents: instrumenter.instrumentSync(code, path), loader: 'js' };
    });
  },
};
