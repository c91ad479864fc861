/**
 * Bundles what is deployed to AWS, and fails where a function's bundle is too large.
 *
 *     node scripts/build.mjs [folder]      below which the bundles are written; default is the checkout
 */
import { resolve } from 'node:path';
import { prepare } from './prepare.mjs';

await prepare();
const { LARGEST_FUNCTION, writeBundles } = await import('./bundle.mjs');

const [folder] = process.argv.slice(2);
const bundles = await writeBundles(folder === undefined ? undefined : resolve(folder)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
for (const { file, bytes } of bundles) console.log(`${String(Math.ceil(bytes / 1000)).padStart(5)} kB  ${file}`);

const tooLarge = bundles.filter(({ kind, bytes }) => kind === 'function' && bytes > LARGEST_FUNCTION);
for (const { file, bytes } of tooLarge) {
  console.error(`${file} holds ${bytes} bytes, but may hold at most ${LARGEST_FUNCTION}. Look at what it imports.`);
}
process.exitCode = tooLarge.length === 0 ? 0 : 1;
