/**
 * Prints the peak of resident memory of `weir ingest` for one file of each size, and its rows a second.
 *
 *     node benchmarks/ingest-memory.mjs [millions of rows ...]      (default 1 5 10; Linux only)
 *
 * The process of the command is measured, as the kernel accounts for it; the database server is another process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const main = join(root, 'packages', 'cli', 'src', 'main.ts');
const folder = join(root, '.weir', 'benchmark-memory');
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 5, 10];

for (const millions of sizes) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  weir('generate', '--out', '.', '--days', '1', '--rows', String(millions * 1e6), '--faults', 'none');
  weir('init');
  weir('dimensions', 'load', '--products', 'dimensions/products.csv', '--customers', 'dimensions/customers.csv');
  const { rows, seconds, peak } = await measure('ingest', '--landing', 'landing', '--json');
  console.log(`${rows} rows: peak ${peak} MB, ${Math.round(rows / seconds)} rows/s with the commit`);
}
rmSync(folder, { recursive: true, force: true });

function weir(...args) {
  const { status, stderr } = spawnSync(node, [main, ...args], { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`weir ${args[0]} ended with ${status}: ${stderr}`);
}

function measure(...args) {
  const started = performance.now();
  const child = spawn(node, [main, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let peak = 0;
  let output = '';
  const timer = setInterval(() => {
    peak = Math.max(peak, readPeak(child.pid));
  }, 50);
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`weir ${args[0]} ended with ${code}: ${output}`));
      const { totals } = JSON.parse(output);
      resolve({ rows: totals.read, seconds: (performance.now() - started) / 1000, peak: Math.round(peak / 1024) });
    });
  });
}

/** Kilobytes; 0 once the process is gone. */
function readPeak(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
