/**
 * Type-checks every block of TypeScript in the pages of the project, as a program of its own. A page whose blocks are parts of
 * programs says so by its name here; a test of these programs finds the parts in them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listSnippets } from './docs/list-snippets.mjs';
import { root } from './prepare.mjs';

/** Its parts are held against the programs by examples/sqlite-warehouse/tutorial.test.ts. */
const SHOWS_PARTS = 'docs/tutorials/write-an-adapter.md';

/** Where all packages can be imported. */
const folder = join(root, 'examples', '.snippets');

const snippets = listSnippets(root).filter(
  ({ file, language }) => language === 'ts' && file !== SHOWS_PARTS && !file.includes('/api/'),
);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const { place, text } of snippets) {
  const name = place.replaceAll('/', '-').replace('.md:', '-');
  writeFileSync(join(folder, `${name}.ts`), `// ${place}\n${text}export {};\n`);
}
const settings = { extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] };
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
rmSync(folder, { recursive: true });
if (status !== 0) console.error(stdout);
const pages = new Set(snippets.map(({ file }) => file)).size;
console.log(`${snippets.length} snippets of ${pages} pages ${status === 0 ? 'compile' : 'were looked at'}.`);
process.exitCode = status === 0 && snippets.length > 0 ? 0 : 1;
