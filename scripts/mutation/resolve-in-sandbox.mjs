import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Tests load as they stand, without jest. The packages of the project are taken from the folder in which Stryker mutates:
 * found through node_modules they would be the ones that are not mutated.
 */
export function resolveInSandbox(sandbox) {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return found(new URL('./jest-globals.mjs', import.meta.url));
      const [, folder, rest] = specifier.match(/^@weir\/([^/]+)(.*)$/) ?? [];
      if (folder === undefined) return next(specifier, context);
      const root = join(sandbox, 'packages', folder);
      const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      return found(pathToFileURL(join(root, exports[`.${rest}`])));
    },
  });
}

function found(url) {
  return { url: url.href, shortCircuit: true };
}
