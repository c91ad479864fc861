import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle-command.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, '.weir');
mkdirSync(home, { recursive: true });
const folder = mkdtempSync(join(home, 'bundled-'));
after(() => rmSync(folder, { recursive: true }));

/** Enough for threads to be started. */
const ROWS = 350_000;

test('the bundled command writes what the sources write, on threads too', async () => {
  // The bundle looks for the version two folders up, as in packages/cli/dist/bin.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', version: '7.8.9' }));
  await bundleCommand(join(folder, 'dist'));
  const bundled = join(folder, 'dist', 'bin', 'weir.mjs');
  assert.equal(run(bundled, '--version').trim(), '7.8.9');

  const input = (name, lines) => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  const rows = Array.from({ length: ROWS }, (_, i) => `T-${i},C-${i % 9},P-1,${i % 7},1.50,2023-03-15,Cash,Completed`);
  const files = [
    input('rows.csv', [
      'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status',
      ...rows,
    ]),
    '--products',
    input('products.csv', ['product_id,product_name,category,price,supplier_id', 'P-1,Kettle,Kitchen,2.00,S-1']),
    '--customers',
    input('customers.csv', ['customer_id,first_name,last_name,email,membership_level', 'C-1,A,B,a@example.com,Gold']),
  ];
  run(bundled, 'transform', ...files, '--threads', '2', '--out', join(folder, 'bundled'));
  run(
    join(root, 'packages/cli/src/main.ts'),
    'transform',
    ...files,
    '--threads',
    '1',
    '--out',
    join(folder, 'sources'),
  );
  for (const name of ['rows.tsv', 'rejects.tsv']) {
    assert.equal(digest(join(folder, 'bundled', name)), digest(join(folder, 'sources', name)));
  }
});

test('explain waits neither for the rules nor for the form of a configuration nor for clients of AWS', () => {
  const chunks = join(folder, 'dist', 'chunks');
  const explain = readdirSync(chunks).find((name) => name.startsWith('explain-'));
  const modules = modulesLoadedBy(join(chunks, explain));
  assert.ok(modules.includes('packages/cli/src/commands/explain.ts'));
  for (const heavy of ['/zod/', '/@aws-sdk/', '/staging/row-path.ts', '/cli-table3/'])
    assert.deepEqual([heavy, modules.filter((module) => module.includes(heavy))], [heavy, []]);
});

/** What esbuild names above each module, in a file and the files that it imports at once. */
function modulesLoadedBy(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/^(?:import|export)\s[^;]*?"(\.[^"]+)";/gm)].map(([, from]) =>
    join(dirname(file), from),
  );
  const modules = [...text.matchAll(/^\/\/ (\S+\.[cm]?[jt]s)$/gm)].map(([, module]) => module);
  return [...modules, ...imported.flatMap((one) => modulesLoadedBy(one, seen))];
}

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function digest(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
