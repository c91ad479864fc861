import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../packages/cli/src/command-line/build-program.ts';
import { PNPM, projectNode, root } from '../prepare.mjs';
import { readOptions } from '../read-options.mjs';
import { commandReference } from './command-reference.mjs';
import { runConsoleBlocks } from './run-console-blocks.mjs';

const values = readOptions({ check: { type: 'boolean' }, 'no-site': { type: 'boolean' } });
const weir = [projectNode, join(root, 'packages', 'cli', 'src', 'main.ts')];
let different = 0;

put('docs/reference/command-line.md', formatted('x.md', commandReference(program())));
for (const file of globSync('docs/{tutorials,how-to}/*.md', { cwd: root }).sort()) {
  const page = readFileSync(join(root, file), 'utf8');
  put(file, runConsoleBlocks(page, weir));
}
if (different > 0) {
  console.error(
    `${different} of the pages are not as \`npm run docs\` makes them: run it, and look at what has changed.`,
  );
  process.exit(1);
}
if (!values['no-site']) buildSite();

function program() {
  const stream = { write: () => undefined };
  return buildProgram(async () => undefined, { stdout: stream, stderr: stream });
}

function put(file, text) {
  const path = join(root, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before === text) return;
  if (!values.check) {
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
    return;
  }
  different += 1;
  console.error(`${file} is not as it would be made${firstDifference(before, text)}`);
}

function firstDifference(before, after) {
  const [old, made] = [before.split('\n'), after.split('\n')];
  const line = made.findIndex((text, i) => text !== old[i]);
  return line === -1
    ? ': it has lines more.'
    : `, first in line ${line + 1}:\n  - ${old[line] ?? ''}\n  + ${made[line]}`;
}

function formatted(name, text) {
  const { status, stdout, stderr } = run(
    join(root, 'node_modules', '.bin', 'biome'),
    ['format', `--stdin-file-path=${name}`],
    { input: text },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Offline, once its tools are installed; they are no dependencies of the project. */
function buildSite() {
  const docs = join(root, 'docs');
  if (!existsSync(join(docs, 'node_modules'))) {
    orFail('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--ignore-workspace', '--dir', docs]);
  }
  orFail(join(docs, 'node_modules', '.bin', 'vitepress'), ['build', docs]);
  console.log('The site lies in docs/.vitepress/dist.');
}

function orFail(command, args) {
  const { status } = run(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

function run(command, args, options) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  if (result.error !== undefined) throw result.error;
  return result;
}
