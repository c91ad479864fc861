// core must run where there is no Node: it is bundled for a browser, and every Node built-in would fail the bundling.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { outputFiles } = await build({
  entryPoints: [join(root, 'packages', 'core', 'src', 'index.ts')],
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'error',
}).catch(() => process.exit(1));

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const [{ contents }] = outputFiles;
console.log(`core for a browser: ${kilobytes(contents.length)}, gzipped ${kilobytes(gzipSync(contents).length)}.`);
