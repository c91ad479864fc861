/**
 * Builds the client of Lambda's runtime (aws-lambda-ric) with its native part, into `.weir/ric/`. It takes a minute, a C++
 * compiler, make and cmake, so it is no part of an install; what is built already is left alone.
 *
 *     node scripts/build-ric.mjs      prints the path of the client's program
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { projectNode, root } from './prepare.mjs';

const source = realpathSync(join(root, 'packages', 'lambdas', 'node_modules', 'aws-lambda-ric'));
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const target = join(root, '.weir', 'ric', `${version}-${process.platform}-${process.arch}`);

if (!existsSync(join(target, 'rapid-client.node'))) build();
console.log(join(target, 'index.mjs'));

function build() {
  mkdirSync(dirname(target), { recursive: true });
  // A folder of its own: two tests may want the client at once.
  const work = mkdtempSync(join(dirname(target), 'build-'));
  for (const part of ['package.json', 'index.mjs', 'deps', 'scripts', 'src']) {
    cpSync(join(source, part), join(work, part), { recursive: true, preserveTimestamps: true });
  }
  // What the client depends on lies beside it in the store.
  symlinkSync(dirname(source), join(work, 'node_modules'));
  run(work, 'sh', [join('scripts', 'preinstall.sh')]);
  const gyp = join(work, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  run(work, projectNode, [gyp, 'rebuild', '--directory=src/native', ...headers()]);

  const built = join(work, 'built');
  mkdirSync(built);
  for (const part of ['package.json', 'index.mjs']) renameSync(join(work, part), join(built, part));
  renameSync(join(work, 'src', 'native', 'build', 'Release', 'rapid-client.node'), join(built, 'rapid-client.node'));
  if (!existsSync(target)) renameSync(built, target);
  rmSync(work, { recursive: true });
}

/** The native part needs Node-API only, which is the same in each Node: headers that lie here save a download. */
function headers() {
  const here = ['/usr', '/usr/local'].find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')));
  return here === undefined ? [] : [`--nodedir=${here}`];
}

function run(cwd, program, args) {
  const path = `${dirname(projectNode)}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, DEPS_PREFIX: join(cwd, 'deps', 'artifacts') };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e9 });
  if (status === 0) return;
  process.stderr.write(`${stdout?.slice(-4000)}${stderr?.slice(-4000)}\n`);
  process.stderr.write(
    `aws-lambda-ric could not be built: ${program} ${args[0]} ended with ${status ?? error?.message}. ` +
      'It needs a C++ compiler, make, cmake, tar and xz.\n',
  );
  process.exit(1);
}
