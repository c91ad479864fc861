import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildPackages, listPackages, PACKAGES_FOLDER } from './build-packages.mjs';
import { PNPM } from './prepare.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Outside of the checkout, where nothing of the workspace can be found.
const folder = mkdtempSync(join(tmpdir(), 'weir-packages-'));
const built = join(folder, PACKAGES_FOLDER);
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
  const packages = await buildPackages(built);
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

test('a release publishes each package as it was built, and nothing else', async () => {
  for (const file of run(root, 'git', 'ls-files', '.changeset', '*package.json', '*pnpm-*.yaml').trim().split('\n')) {
    cpSync(join(root, file), join(folder, file));
  }
  run(folder, 'git', 'init', '--quiet');
  const registry = await openRegistry();
  const settings = join(folder, 'npmrc');
  writeFileSync(settings, `registry=${registry.url}\n${registry.url.slice('http:'.length)}:_authToken=none\n`);
  const changeset = join(root, 'node_modules', '.bin', 'changeset');
  // npx fetches pnpm from where it always does.
  const publish = `npm_config_registry=${registry.url} npm_config_userconfig=${settings} ${changeset} publish --no-git-tag`;
  await promisify(execFile)('npx', ['-y', '-p', PNPM, '-c', publish], { cwd: folder });
  registry.close();

  assert.deepEqual(
    [...registry.published.keys()].sort(),
    listPackages()
      .map(({ name }) => name)
      .sort(),
  );
  const { version } = listPackages()[0].manifest;
  for (const { versions, _attachments: tarballs } of registry.published.values()) {
    const { files, dependencies = {} } = versions[version];
    assert.deepEqual([files[0], Object.keys(tarballs).length], ['dist', 1]);
    for (const [name, wanted] of Object.entries(dependencies))
      if (name.startsWith('@weir/')) assert.equal(wanted, version);
  }
});

/** As much of a package registry as publishing to an empty one takes. */
async function openRegistry() {
  const published = new Map();
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url.slice(1));
    if (request.method === 'PUT') published.set(name, await json(request));
    response.writeHead(request.method === 'PUT' ? 201 : 404, { 'content-type': 'application/json' });
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}/`, published, close: () => server.close() };
}

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
