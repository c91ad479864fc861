/**
 * Prints how long `weir plan` of one file takes against its `weir ingest`: for rows that are new, and for a corrected file in
 * which every row would change what is stored.
 *
 *     node benchmarks/plan.mjs [rows [rounds]]      (default 1000000 3)
 *
 * Each command is a process of its own with the embedded Postgres, as a person runs it; times are medians, and hold its start.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const main = join(root, 'packages', 'cli', 'src', 'main.ts');
const folder = join(root, '.weir', 'benchmark-plan');
const [rows = 1e6, rounds = 3] = process.argv.slice(2).map(Number);
const DAY = '2023-01-01';
const times = { new: [], changed: [] };

for (let round = 0; round < rounds; round++) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  weir('generate', '--out', '.', '--start', DAY, '--days', '1', '--rows', String(rows), '--faults', 'none');
  weir('init');
  weir('dimensions', 'load', '--products', 'dimensions/products.csv', '--customers', 'dimensions/customers.csv');
  times.new.push(compare());
  correct();
  times.changed.push(compare());
}
rmSync(folder, { recursive: true, force: true });
for (const [kind, measured] of Object.entries(times)) {
  const plan = median(measured.map((time) => time.plan));
  const ingest = median(measured.map((time) => time.ingest));
  const share = (plan / ingest).toFixed(2);
  console.log(`${rows} ${kind} rows: plan ${plan.toFixed(1)} s, ingest ${ingest.toFixed(1)} s, ${share} x`);
}

function compare() {
  const planned = weir('plan', '--landing', 'landing', '--json');
  const loaded = weir('ingest', '--landing', 'landing', '--json');
  const [before, after] = [planned, loaded].map(({ output }) => JSON.stringify(JSON.parse(output).totals));
  if (before !== after) throw new Error(`planned ${before}, but loaded ${after}`);
  return { plan: planned.seconds, ingest: loaded.seconds };
}

/** The same rows, delivered once more with another quantity. */
function correct() {
  const path = join(folder, `landing/transactions/year=2023/month=01/day=01/transactions_${DAY}.csv`);
  const [header, ...lines] = readFileSync(path, 'utf8').split('\n');
  const quantity = header.split(',').indexOf('quantity');
  const corrected = lines.map((line) => {
    const cells = line.split(',');
    if (cells.length > quantity) cells[quantity] = String(Number(cells[quantity]) + 1);
    return cells.join(',');
  });
  writeFileSync(path, [header, ...corrected].join('\n'));
}

function weir(...args) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(node, [main, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`weir ${args[0]} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, output: stdout };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
