// `npm run sbom`: the packages that are deployed or published with Weir, as CycloneDX, in .weir/sbom.json. Exits 1 where one of
// those that a manifest of the workspace names is missing there.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** It came after the version that installs the workspace; that one it only reads. */
const PNPM_WITH_SBOM = 'pnpm@12.21.0';

const out = join(root, '.weir', 'sbom.json');
mkdirSync(join(root, '.weir'), { recursive: true });
const flags = [
  '--pm-on-fail=ignore',
  'sbom',
  '--prod',
  '--sbom-format=cyclonedx',
  '--sbom-type=application',
  '--out',
  out,
];
const { status, stderr } = spawnSync('npx', ['-y', PNPM_WITH_SBOM, ...flags], { cwd: root, encoding: 'utf8' });
if (status !== 0) {
  console.error(`pnpm could not list the packages: ${stderr}`);
  process.exit(1);
}
const { components } = JSON.parse(readFileSync(out, 'utf8'));
const listed = new Set(components.map(({ group, name }) => (group ? `${group}/${name}` : name)));
const missing = listManifests()
  .flatMap(({ dependencies = {} }) => Object.keys(dependencies))
  .filter((name) => !listed.has(name));
if (missing.length > 0) console.error(`Not listed: ${[...new Set(missing)].join(', ')}.`);
console.log(`${components.length} packages are listed in .weir/sbom.json.`);
process.exitCode = missing.length > 0 ? 1 : 0;

function listManifests() {
  const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
  return [root, join(root, 'infra'), ...folders]
    .map((folder) => join(folder, 'package.json'))
    .filter(existsSync)
    .map((path) => JSON.parse(readFileSync(path, 'utf8')));
}
