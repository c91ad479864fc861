import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Contract } from '../src/index.ts';
import * as contracts from '../src/index.ts';

const PACKAGES = fileURLToPath(new URL('../../', import.meta.url));

interface Pair {
  readonly port: string;
  readonly adapter: string;
}

const ports = listPorts();
const adapters = readSources('src').flatMap(listAdapters);
const tested = readSources('test').flatMap(listTested);

describe('the registry', () => {
  test('finds the ports of core', () => {
    expect(ports).toEqual(expect.arrayContaining(['Clock', 'FileStore', 'LandingZone', 'RunHistory', 'Warehouse']));
  });

  test('finds adapters, whether they say "implements" or only carry the name of a port', () => {
    expect(listAdapters('export class MemoryLandingZone implements LandingZone {')).toEqual([
      { port: 'LandingZone', adapter: 'MemoryLandingZone' },
    ]);
    expect(listAdapters('export class A extends B<C> implements\n  Clock, FactReader {')).toEqual([
      { port: 'Clock', adapter: 'A' },
      { port: 'FactReader', adapter: 'A' },
    ]);
    expect(listAdapters('export class S3FileStore {')).toEqual([{ port: 'FileStore', adapter: 'S3FileStore' }]);
    expect(adapters.length).toBeGreaterThan(7);
  });

  test('finds what is tested', () => {
    expect(listTested("runContract(\n  clockContract, 'A', open)")).toEqual([{ port: 'Clock', adapter: 'A' }]);
  });

  test.each(adapters.map(({ port, adapter }) => [adapter, port]))(
    'has a contract test of %s as %s',
    (adapter, port) => {
      expect(tested).toContainEqual({ port, adapter });
    },
  );

  test('has no contract test of an adapter that does not exist', () => {
    const known = new Set(adapters.map(({ adapter }) => adapter));
    expect(tested.filter(({ adapter }) => !known.has(adapter))).toEqual([]);
  });
});

/** The interfaces that ports are, one a file; what they hand out is covered by their own contract. */
function listPorts(): readonly string[] {
  const folder = join(PACKAGES, 'core/src/ports');
  const files = readdirSync(folder).filter((name) => name.endsWith('.port.ts'));
  return files.map((name) => toPascalCase(name.slice(0, -'.port.ts'.length)));
}

function listAdapters(source: string): readonly Pair[] {
  return [...source.matchAll(/export class (\w+)(?:[^{]*?\bimplements\s+([^{]+))?/g)].flatMap(([, adapter, named]) => {
    const implemented = named?.split(',').map((name) => name.trim()) ?? [];
    const found = ports.filter((port) => implemented.includes(port) || adapter!.endsWith(port));
    return found.map((port) => ({ port, adapter: adapter! }));
  });
}

function listTested(source: string): readonly Pair[] {
  const calls = [...source.matchAll(/runContract\(\s*(\w+),\s*'(\w+)'/g)];
  return calls.map(([, contract, adapter]) => ({ port: findPort(contract!), adapter: adapter! }));
}

function findPort(contract: string): string {
  return (contracts as unknown as Record<string, Contract<unknown> | undefined>)[contract]?.port ?? contract;
}

/** Sources or contract tests of all packages. Readers of warehouse-sql are tested as those of the databases that take them. */
function readSources(folder: 'src' | 'test'): readonly string[] {
  const names = readdirSync(PACKAGES).filter((name) => name !== 'warehouse-sql');
  return names.flatMap((name) => {
    const path = join(PACKAGES, name, folder);
    const files = listNames(path).filter((file) => file.endsWith(folder === 'src' ? '.ts' : '.contract.test.ts'));
    return files.map((file) => readFileSync(join(path, file), 'utf8'));
  });
}

function listNames(path: string): readonly string[] {
  try {
    return readdirSync(path, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

function toPascalCase(name: string): string {
  return name
    .split('-')
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join('');
}
