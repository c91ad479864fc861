import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildPackages, listPackages } from './build-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Outside of the checkout, where nothing of the workspace can be found.
const folder = mkdtempSync(join(tmpdir(), 'weir-packages-'));
after(() => rmSync(folder, { recursive: true }));

const PROGRAM = `
import { createRules } from '@weir/core';
const rules = createRules({ statuses: ['Open', 'Paid'] });
const order = { transaction_id: 'T-1', customer_id: 'C-1', product_id: 'P-1', quantity: 2, price: '19.99',
  transaction_date: '2023-03-15', payment_type: 'paypal', status: 'paid' };
const validation = rules.validate(order);
if (validation.kind !== 'valid') throw new Error(JSON.stringify(validation));
const product = { product_name: 'Kettle', category: 'Kitchen', supplier_id: 'S-1', price: '21.50' };
const enrichment = rules.enrich(validation.transaction, { product, customer: { membership_level: 'Gold' } });
if (enrichment.kind !== 'enriched') throw new Error(JSON.stringify(enrichment));
const status: 'Open' | 'Paid' = enrichment.transaction.status;
const fact = { ...enrichment.transaction, source_key: 'a', source_day: '2023-03-15', source_modified: 1, source_line: 2 };
console.log(status, fact.total_amount, rules.decide(undefined, fact).verdict, rules.decide(fact, fact).verdict);
`;

test('core is packed, installed into an empty folder, and validates, enriches and decides there', async () => {
  const packages = await buildPackages(join(folder, 'packages'));
  const core = packages.find(({ name }) => name === '@weir/core').path;
  const [{ filename }] = JSON.parse(run(folder, 'npm', 'pack', core, '--json'));

  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run(user, 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', join(folder, filename));
  assert.ok(PROGRAM.trim().split('\n').length < 15);
  writeFileSync(join(user, 'program.ts'), PROGRAM);
  assert.equal(run(user, process.execPath, 'program.ts'), 'Paid 39.98 inserted unchanged\n');

  // Without the types of Node, and with the library's own types checked.
  const settings = {
    module: 'nodenext',
    target: 'es2024',
    lib: ['es2024', 'dom'],
    strict: true,
    types: [],
    noEmit: true,
  };
  writeFileSync(join(user, 'tsconfig.json'), JSON.stringify({ compilerOptions: settings, files: ['program.ts'] }));
  run(user, join(root, 'node_modules/.bin/tsc'), '-p', '.');
});

test('packages are listed after those that they need', () => {
  const names = listPackages().map(({ name }) => name);
  assert.equal(names[0], '@weir/core');
  assert.ok(names.indexOf('@weir/warehouse-sql') < names.indexOf('@weir/adapters-local'));
});

function run(cwd, command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  assert.equal(status, 0, `${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}
