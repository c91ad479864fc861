/**
 * Prints for each function its size and what its bundle adds to the start of a bare Node, as on Lambda: from the start of the
 * process until everything is loaded and wired.
 *
 *     npm run build && node benchmarks/lambda-start.mjs [--rounds 31] [--most 5.2]
 *
 * In each round every bundle and the bare Node start once, one after the other and on one processor where the machine can
 * pin them; the median of the differences within rounds is told. With `--most`, exit code 1 where one is above so
 * many starts of the bare Node: machines differ, and so does one from minute to minute.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const dist = join(root, 'packages', 'lambdas', 'dist');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '31' }, most: { type: 'string' } } });

if (!existsSync(dist)) {
  console.error('There are no bundles yet. Run "npm run build" first.');
  process.exit(1);
}

const arn = (service, rest) => `arn:aws:${service}:eu-central-1:123456789012:${rest}`;
const env = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'weir-benchmark',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'benchmark',
  AWS_SECRET_ACCESS_KEY: 'benchmark',
  WEIR_CONFIG: JSON.stringify({
    region: 'eu-central-1',
    landing: { bucket: 'weir-landing' },
    dimensions: { bucket: 'weir-landing' },
    archive: { bucket: 'weir-archive' },
    quarantine: { bucket: 'weir-quarantine' },
    staging: { bucket: 'weir-staging' },
    ledger: { bucket: 'weir-ledger' },
    redshift: { database: 'weir', workgroupName: 'weir', copyRoleArn: 'arn:aws:iam::123456789012:role/copy' },
    glue: { jobName: 'weir-ingest' },
    topicArn: arn('sns', 'weir'),
  }),
};
// Its own processor, so that nothing of this script's runs beside it.
const pin = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

const bundles = readdirSync(dist).map((name) => ({ name, path: join(dist, name, 'index.mjs'), added: [] }));
const bare = [];
start('');
for (let round = 0; round < Number(values.rounds); round++) {
  const base = start('');
  bare.push(base);
  for (const one of bundles)
    one.added.push(start(`await import(${JSON.stringify(pathToFileURL(one.path).href)})`) - base);
}

console.log('bundle           size   added to a bare start');
for (const { name, path, added } of bundles) {
  const size = `${Math.ceil(statSync(path).size / 1000)} kB`;
  console.log(`${name.padEnd(14)} ${size.padStart(6)}  ${`${median(added).toFixed(0)} ms`.padStart(7)}`);
}
console.log(
  `A bare Node ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim().slice(1)} starts in ${median(bare).toFixed(0)} ms (medians of ${values.rounds} rounds).`,
);

const starts = (added) => median(added) / median(bare);
const slow = values.most === undefined ? [] : bundles.filter(({ added }) => starts(added) > Number(values.most));
for (const { name, added } of slow) {
  console.error(`${name} adds ${starts(added).toFixed(1)} starts of a bare Node, but may add at most ${values.most}.`);
}
process.exitCode = slow.length === 0 ? 0 : 1;

/** Milliseconds. */
function start(program) {
  const [command, ...args] = [...pin, node, '--input-type=module', '--eval', program];
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(stderr);
  return ms;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}
