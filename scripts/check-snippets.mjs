/** Type-checks every block of TypeScript in the READMEs of the packages, as a program of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where all packages can be imported. */
const folder = join(root, 'examples', '.snippets');

const pages = readdirSync(join(root, 'packages'))
  .map((name) => `packages/${name}/README.md`)
  .filter((page) => existsSync(join(root, page)));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const snippets = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code], i) => {
    const file = `${page.replaceAll('/', '-').replace(/\.md$/, '')}-${i + 1}.ts`;
    writeFileSync(join(folder, file), `// ${page}\n${code}export {};\n`);
    return file;
  });
});
const settings = { extends: '../../tsconfig.json', compilerOptions: { noUnusedLocals: false }, include: ['*.ts'] };
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
rmSync(folder, { recursive: true });
if (status !== 0) console.error(stdout);
console.log(`${snippets.length} snippets of ${pages.length} pages ${status === 0 ? 'compile' : 'were looked at'}.`);
process.exitCode = status === 0 && snippets.length > 0 ? 0 : 1;
