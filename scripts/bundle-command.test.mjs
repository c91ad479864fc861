import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleCommand } from './bundle-command.mjs';
import { callBuiltins } from './near-builtins.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const home = join(root, '.weir');
mkdirSync(home, { recursive: true });
const folder = mkdtempSync(join(home, 'bundled-'));
after(() => rmSync(folder, { recursive: true }));

let outputs;

/** Enough for threads to be started. */
const ROWS = 350_000;

test('the bundled command writes what the sources write, on threads too', async () => {
  // The bundle looks for the version two folders up, as in packages/cli/dist/bin.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', version: '7.8.9' }));
  outputs = await bundleCommand(join(folder, 'dist'));
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

test('a second start reads what V8 made of the modules at the first, from beside them', () => {
  const compiled = join(folder, 'dist', 'compiled');
  assert.deepEqual(
    readdirSync(compiled).map((one) => readdirSync(join(compiled, one)).length > 3),
    [true],
  );
});

test('explain waits neither for the rules nor for the form of a configuration nor for clients of AWS', () => {
  const [explain] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith('/commands/explain.ts'));
  const modules = modulesLoadedBy(explain);
  assert.ok(modules.includes('packages/cli/src/commands/explain.ts'));
  for (const heavy of ['/zod/', '/@aws-sdk/', '/staging/row-path.ts', '/cli-table3/'])
    assert.deepEqual([heavy, modules.filter((module) => module.includes(heavy))], [heavy, []]);
});

test('a module of Node is asked for by a call where it was imported', () => {
  const called = (name) => `globalThis.process.getBuiltinModule("node:${name}")`;
  for (const [source, result] of [
    ["import { join } from 'node:path';", `const { join } = ${called('path')};`],
    ['import { stat as look, type Stats } from "fs/promises"', `const { stat: look } = ${called('fs/promises')};`],
    ["import { type as osType } from 'node:os';", `const { type: osType } = ${called('os')};`],
    ["import process from 'node:process';", `const process = ${called('process')};`],
    ["import * as os from 'os';", `const os = ${called('os')};`],
    ["import fs, {\n  stat\n} from 'node:fs';", `const fs = ${called('fs')}; const { stat } = ${called('fs')};`],
    ["import { type Socket } from 'node:net';", ''],
    ...["import type { Socket } from 'node:net';", "import pg from 'pg';", "import 'node:fs';"].map((same) => [
      same,
      same,
    ]),
  ])
    assert.equal(callBuiltins(source), result);
});

/** The modules in a file and in the files that it imports at once. */
function modulesLoadedBy(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const { inputs, imports } = outputs[file];
  const imported = imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
  return [...Object.keys(inputs), ...imported.flatMap(({ path }) => modulesLoadedBy(path, seen))];
}

function run(program, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

function digest(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
