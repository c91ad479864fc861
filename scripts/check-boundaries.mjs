// Usage: check-boundaries.mjs [root]. Exits 1 with a line for every forbidden import, or where it saw no module at all.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { forbidden, options } from '../.dependency-cruiser.mjs';

const root = process.argv[2] ?? dirname(dirname(fileURLToPath(import.meta.url)));

const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);
const folders = packages
  .flatMap((name) => [`packages/${name}/src`, `packages/${name}/test`])
  .filter((folder) => existsSync(join(root, folder)));
const { output } = await cruise(folders, { ...options, baseDir: root, validate: true, ruleSet: { forbidden } });

const counts = packages.map((name) => [
  name,
  output.modules.filter(({ source }) => source.startsWith(`packages/${name}/src/`)).length,
]);
const unseen = counts.filter(([, count]) => count === 0).map(([name]) => name);
for (const { rule, from, to, cycle } of output.summary.violations) {
  const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' -> ');
  console.error(`${from} -> ${way}\n  ${rule.name}: ${forbidden.find(({ name }) => name === rule.name).comment}`);
}
for (const name of unseen) console.error(`packages/${name}: no module was visited, so nothing was checked.`);

console.log(`Modules visited: ${counts.map(([name, count]) => `${name} ${count}`).join(', ')}.`);
const faults = output.summary.violations.length + unseen.length;
console.log(faults === 0 ? `No forbidden imports (${forbidden.length} rules).` : `${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;
