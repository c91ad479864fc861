/**
 * Bundles what is deployed to AWS and the `weir` command, and fails where a function's bundle is too large. With
 * `--only packages`: what is published instead, a folder a package below `dist/packages`.
 *
 *     node scripts/build.mjs [--out folder] [--only function|job|command|packages]
 *
 * The bundles are written below the folder, which is the checkout where it is left out.
 */
import { resolve } from 'node:path';
import { prepare, root } from './prepare.mjs';
import { readOptions } from './read-options.mjs';

const values = readOptions({ out: { type: 'string', default: root }, only: { type: 'string' } });
await prepare();
const { LARGEST_FUNCTION, writeBundles } = await import('./bundle.mjs');
const { COMMAND_FOLDER, bundleCommand } = await import('./bundle-command.mjs');

if (![undefined, 'function', 'job', 'command', 'packages'].includes(values.only)) {
  console.error(`--only is "${values.only}", but it must be function, job, command or packages.`);
  process.exit(2);
}
if (values.only === 'packages') {
  const { buildPackages, PACKAGES_FOLDER } = await import('./build-packages.mjs');
  const packages = await buildPackages(resolve(values.out, PACKAGES_FOLDER));
  for (const { name, path } of packages) console.log(`${name}  ${path}`);
  process.exit();
}
const bundles = await writeBundles(resolve(values.out), values.only).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
if (values.only === undefined || values.only === 'command') {
  const outputs = Object.values(await bundleCommand(resolve(values.out, COMMAND_FOLDER)));
  const bytes = outputs.reduce((sum, one) => sum + one.bytes, 0);
  bundles.push({ kind: 'command', file: COMMAND_FOLDER, bytes });
}
for (const { file, bytes } of bundles) console.log(`${String(Math.ceil(bytes / 1000)).padStart(5)} kB  ${file}`);

const tooLarge = bundles.filter(({ kind, bytes }) => kind === 'function' && bytes > LARGEST_FUNCTION);
for (const { file, bytes } of tooLarge) {
  console.error(`${file} holds ${bytes} bytes, but may hold at most ${LARGEST_FUNCTION}. Look at what it imports.`);
}
process.exitCode = tooLarge.length === 0 ? 0 : 1;
