import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const packages = [
  ...['core', 'warehouse-sql', 'port-contracts', 'adapters-local', 'adapters-other', 'datagen'],
  ...['pages', 'cli', 'lambdas', 'aws-simulator'],
];
const thirdParties = ['zod', 'pg', 'inversify', 'reflect-metadata'];

/**
 * A small workspace shaped like this one in a temporary folder, for tests that plant a fault in it: path -> text.
 * Every package has a clean entry file unless `files` says otherwise; null leaves one out. Returns its root and a way to delete it.
 */
export function writeFixtureTree(files) {
  const root = mkdtempSync(join(tmpdir(), 'weir-fixture-'));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const name of packages) {
    const exports = { '.': './src/index.ts', './testing': './src/testing/index.ts' };
    write(`packages/${name}/package.json`, JSON.stringify({ name: `@weir/${name}`, type: 'module', exports }));
    link(root, `@weir/${name}`, join('packages', name));
  }
  for (const name of thirdParties) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, type: 'module', exports: './index.js' }));
    write(`node_modules/${name}/index.js`, 'export default 1;\n');
  }
  const clean = Object.fromEntries(packages.map((name) => [`packages/${name}/src/index.ts`, 'export const a = 1;\n']));
  for (const [path, text] of Object.entries({ ...clean, ...files })) {
    if (text !== null) write(path, text);
  }
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

function link(root, name, target) {
  const path = join(root, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, target), path, 'junction');
}
