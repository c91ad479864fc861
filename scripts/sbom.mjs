// `npm run sbom`: the packages that are deployed or published with Weir, as CycloneDX, in .weir/sbom.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './prepare.mjs';

const out = join(root, '.weir', 'sbom.json');
mkdirSync(join(root, '.weir'), { recursive: true });
const flags = ['-t', 'pnpm', '--no-install-deps', '--no-recurse', '--required-only', '-o', out, root];
const { status, error } = spawnSync('npx', ['-y', '@cyclonedx/cdxgen@12.8.4', ...flags], {
  cwd: root,
  stdio: 'inherit',
});
if (error !== undefined) throw error;
if (status !== 0) process.exit(1);
const { components } = JSON.parse(readFileSync(out, 'utf8'));
console.log(`${components.length} packages are listed in .weir/sbom.json.`);
