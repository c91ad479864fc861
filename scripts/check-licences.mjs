// Which licences the packages have that are deployed or published with Weir. Exits 1 where one is not among those allowed.
import { spawnSync } from 'node:child_process';
import { PNPM, root } from './prepare.mjs';

/** Licences that ask for no more than a notice. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
  'Unlicense',
]);

const { status, stdout, stderr } = spawnSync('npx', ['-y', PNPM, 'licenses', 'list', '--prod', '--json'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (status !== 0) {
  console.error(`pnpm could not list the licences: ${stderr || stdout}`);
  process.exit(1);
}
const licences = Object.entries(JSON.parse(stdout));
const packages = licences.reduce((sum, [, list]) => sum + list.length, 0);
const foreign = licences.filter(([name]) => !isAllowed(name));
for (const [name, list] of foreign) {
  console.error(`${name}: ${list.map(({ name: what, versions }) => `${what} ${versions.join(', ')}`).join('; ')}`);
}
if (packages === 0) console.error('No package was seen, so nothing was checked.');
console.log(`${packages} packages, licences ${licences.map(([name, { length }]) => `${name} ${length}`).join(', ')}.`);
process.exitCode = foreign.length > 0 || packages === 0 ? 1 : 0;

/** `(MIT OR GPL-2.0)` is allowed where one of the choices is. */
function isAllowed(licence) {
  const choices = licence.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((part) => ALLOWED.has(part)));
}
