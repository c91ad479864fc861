/**
 * Builds what is published twice and packs it; fails where the two differ, where a package is not fit to be installed, where
 * core is too large, or where the public face is not the one under version control.
 *
 *     node scripts/check-packages.mjs [--write]
 *
 * `--write` takes the public face as it is now.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { buildPackages } from './build-packages.mjs';
import { root } from './prepare.mjs';
import { comparePublicFace } from './public-face.mjs';
import { readOptions } from './read-options.mjs';

/** Bytes of all of core, minified and gzipped, without zod. */
const LARGEST_CORE = 30_000;

const values = readOptions({ write: { type: 'boolean', default: false } });
mkdirSync(join(root, '.weir'), { recursive: true });
const folder = mkdtempSync(join(root, '.weir', 'packages-'));
const faults = [];
try {
  const packages = await buildPackages(join(folder, 'built'));
  const tarballs = pack(packages, join(folder, 'packed'));
  const tarballsAgain = pack(await buildPackages(join(folder, 'again')), join(folder, 'packed-again'));
  for (const [i, { name }] of packages.entries()) {
    const bytes = readFileSync(tarballs[i]);
    if (digest(bytes) !== digest(readFileSync(tarballsAgain[i]))) faults.push(`${name}: two builds differ`);
    console.log(`${String(Math.ceil(bytes.length / 1000)).padStart(5)} kB  ${name}`);
    await lint(name, tarballs[i]);
  }
  await weighCore(packages.find(({ name }) => name === '@weir/core').path);
  faults.push(...comparePublicFace(packages, join(folder, 'built'), values.write));
} finally {
  rmSync(folder, { recursive: true });
}
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? 'Fit to be published.' : `${faults.length} faults.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function pack(packages, destination) {
  mkdirSync(destination, { recursive: true });
  const paths = packages.map(({ path }) => path);
  const packed = JSON.parse(run('npm', ['pack', ...paths, '--json', '--pack-destination', destination]).stdout);
  return packed.map(({ filename }) => join(destination, filename));
}

async function lint(name, tarball) {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  const packed = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: packed } });
  faults.push(...messages.map((message) => `${name}: publint: ${formatMessage(message, pkg, { color: false })}`));
  if (pkg.bin) return;
  const attw = join(root, 'node_modules', '.bin', 'attw');
  const { status, stdout } = run(attw, [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'], true);
  if (status !== 0) faults.push(`${name}: attw:\n${stdout}`);
}

async function weighCore(path) {
  const { outputFiles } = await build({
    entryPoints: [join(path, 'dist', 'index.js')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['zod'],
    logLevel: 'error',
  });
  const bytes = gzipSync(outputFiles[0].contents).length;
  console.log(`${(bytes / 1000).toFixed(1).padStart(5)} kB  all of core, minified and gzipped, without zod`);
  if (bytes > LARGEST_CORE) faults.push(`core has ${bytes} bytes, but may have at most ${LARGEST_CORE}`);
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function run(program, args, mayFail = false) {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (!mayFail && done.status !== 0) throw new Error(`${program} ${args.join(' ')}\n${done.stdout}${done.stderr}`);
  return done;
}
