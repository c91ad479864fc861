import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');

/** The names of all functions. */
export const FUNCTION_NAMES = readdirSync(join(ROOT, 'packages/lambdas/src/functions')).map((file) =>
  file.replace('.ts', ''),
);

/** Makes the bundles that are deployed, below a folder of the caller's. Gives the folder of each function. */
export function buildBundles(folder: string): (name: string) => string {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--only', 'function', '--out', folder]);
  return (name) => join(folder, 'packages/lambdas/dist', name);
}
