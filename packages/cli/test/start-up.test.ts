import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { buildProgram } from '../src/command-line/build-program.ts';

/** Packages that are loaded before a command is chosen, found by following imports that are not types. */
function packagesLoadedBy(file: URL, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file.href)) return packages;
  seen.add(file.href);
  const source = readFileSync(fileURLToPath(file), 'utf8');
  for (const [, name] of source.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
    if (!name!.startsWith('.')) packages.add(name!);
    else for (const found of packagesLoadedBy(new URL(name!, file), seen)) packages.add(found);
  }
  return packages;
}

it('no command loads the clients of AWS, or the form of a configuration, before it needs them', () => {
  const commands = readdirSync(new URL('../src/commands/', import.meta.url));
  for (const command of commands) {
    const packages = packagesLoadedBy(new URL(`../src/commands/${command}`, import.meta.url));
    for (const heavy of ['@weir/adapters-aws', '@weir/config'])
      expect([command, [...packages]]).not.toEqual([command, expect.arrayContaining([heavy])]);
  }
});

it('help waits neither for rules nor for database drivers', () => {
  const packages = packagesLoadedBy(new URL('../src/main.ts', import.meta.url));
  const others = [...packages].filter((name) => !name.startsWith('node:')).sort();
  expect(others).toEqual(['@weir/core/text', 'commander', 'picocolors']);
  expect(packagesLoadedBy(new URL(import.meta.resolve('@weir/core/text')))).toEqual(new Set());
});

it('a command that stands first is built alone, but for the one that tells of all', () => {
  const silent = { write: () => undefined };
  const named = (called?: string) =>
    buildProgram(async () => undefined, { stdout: silent, stderr: silent }, called).commands.map((one) => one.name());
  const all = named();
  for (const name of all) expect([name, named(name)]).toEqual([name, name === 'completion' ? all : [name]]);
  for (const other of ['--json', 'help', 'toString', 'ingst']) expect(named(other)).toEqual(all);
});
