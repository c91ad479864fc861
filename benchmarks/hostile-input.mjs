/**
 * Prints the seconds and the peak of resident memory of `weir transform` for files that are made to be slow or large: twice
 * the bytes must take twice the time, and no more memory.
 *
 *     node benchmarks/hostile-input.mjs [megabytes ...] [a word of the kinds]      (default 16 32 64 128; Linux only)
 */
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcess } from './harness/run-process.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules', 'node', 'bin', 'node');
const main = join(root, 'packages', 'cli', 'src', 'main.ts');
const folder = join(root, '.weir', 'benchmark-hostile');
const given = process.argv.slice(2);
const sizes = given.some(Number) ? given.map(Number).filter(Number) : [16, 32, 64, 128];
const word = given.find((argument) => !Number(argument)) ?? '';

const HEADER = 'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status\n';
const GOOD = 'T-1,C1,P1,2,4.50,2023-03-15,Cash,Completed\n';
const LONGEST = 1024 * 1024;

/** What is repeated behind the header until the size is reached. */
const KINDS = {
  'good rows, for comparison': GOOD,
  'one line without end': 'x',
  'lines just below the limit': `${'x'.repeat(LONGEST - 1)}\n`,
  'lines just above the limit': `${'x'.repeat(LONGEST + 1)}\n`,
  'quotes, in one line': '"',
  'quotes that are not closed, a line each': 'x,"y\n',
  'a quote that is not closed before each MiB of good rows': `x,"y\n${GOOD.repeat(LONGEST / GOOD.length)}`,
  'a quoted value of good rows below the limit': `"${GOOD.repeat(LONGEST / GOOD.length - 1)}",\n`,
  'doubled quotes': `"${'""'.repeat(1000)}",\n`,
  commas: `${','.repeat(LONGEST - 1)}\n`,
  'blank lines': '\n',
  'lines of blanks': `${' '.repeat(100)}\n`,
  'bytes that are not UTF-8': `${GOOD.trimEnd()}\xff\n`,
  'NUL bytes': '\0',
};

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, 'products.csv'),
  'product_id,product_name,category,price,supplier_id\nP1,Mug,Kitchen,4.50,S1\n',
);
writeFileSync(
  join(folder, 'customers.csv'),
  'customer_id,first_name,last_name,email,membership_level\nC1,Ada,Byron,ada@example.org,Gold\n',
);
console.log(
  `| file | ${sizes.map((size) => `${size} MB`).join(' | ')} |\n| --- | ${sizes.map(() => '---').join(' | ')} |`,
);
for (const [kind, text] of Object.entries(KINDS).filter(([name]) => name.includes(word))) {
  const cells = [];
  for (const size of sizes) {
    write(size * 1e6, Buffer.from(text, 'latin1'));
    const { seconds, peak } = await measure();
    cells.push(`${seconds.toFixed(2)} s, ${peak.toFixed(0)} MB`);
  }
  console.log(`| ${kind} | ${cells.join(' | ')} |`);
}
rmSync(folder, { recursive: true, force: true });

function write(bytes, text) {
  const file = openSync(join(folder, 'file.csv'), 'w');
  const block = Buffer.concat(Array.from({ length: Math.ceil(1e6 / text.length) }, () => text));
  let written = writeSync(file, HEADER);
  while (written < bytes) written += writeSync(file, block, 0, Math.min(block.length, bytes - written));
  closeSync(file);
}

function measure() {
  rmSync(join(folder, 'out'), { recursive: true, force: true });
  const args = ['transform', 'file.csv', '--products', 'products.csv', '--customers', 'customers.csv', '--out', 'out'];
  return runProcess({ program: node, args: ['--max-semi-space-size=1', main, ...args], cwd: folder });
}
