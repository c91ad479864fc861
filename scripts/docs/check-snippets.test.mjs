import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../packages/cli/src/command-line/build-program.ts';
import { TRIALS } from '../../packages/trials/src/trials.ts';
import { listSnippets } from './list-snippets.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const snippets = listSnippets(root);
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

test('every command of weir that a page shows is one, with options that it has', async () => {
  const commands = snippets
    .filter(({ language }) => language === 'sh' || language === 'console')
    .flatMap(listWeirCommands);

  assert.ok(commands.length > 30);
  for (const { place, words } of commands)
    await assert.doesNotReject(parse(words), `${place}: weir ${words.join(' ')}`);
});

test('every script of npm that a page shows is there', () => {
  const called = snippets.flatMap(({ place, text }) =>
    [...text.matchAll(/\bnpm run (?:--silent |-s )?([\w-]+)/g)].map(([, name]) => ({ place, name })),
  );

  assert.ok(called.length > 5);
  assert.deepEqual(
    called.filter(({ name }) => !(name in scripts)),
    [],
  );
});

test('every trial that a page shows is one', () => {
  const named = snippets.flatMap(({ place, text }) =>
    [...text.matchAll(/\bnpm run (?:--silent |-s )?trials -- ([a-z][a-z -]*[a-z])/g)].flatMap(([, names]) =>
      names
        .replace(/ --.*/, '')
        .split(' ')
        .map((name) => ({ place, name })),
    ),
  );

  assert.ok(named.length > 2);
  assert.deepEqual(
    named.filter(({ name }) => !(name in TRIALS)),
    [],
  );
});

test('every JSON that a page shows is JSON', () => {
  for (const { place, text } of snippets.filter(({ language }) => language === 'json')) {
    assert.doesNotThrow(() => JSON.parse(text), place);
  }
});

/** Lines `weir ...` and `npm run weir -- ...`, as words; what a shell would do with them is cut off. */
function listWeirCommands({ place, text }) {
  return text.split('\n').flatMap((line) => {
    const [, rest] = /^(?:\$ )?(?:npm run (?:--silent |-s )?weir --|weir) (.*)$/.exec(line.replace(/\\$/, '')) ?? [];
    if (rest === undefined || rest.includes('[')) return [];
    const words = rest
      .replace(/\s*(#|2?>|\||&&).*$/, '')
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^["']|["']$/g, ''));
    return [{ place, words }];
  });
}

async function parse(words) {
  const stream = { write: () => undefined };
  try {
    await buildProgram(async () => undefined, { stdout: stream, stderr: stream }).parseAsync(words, { from: 'user' });
  } catch (error) {
    // Help and version are ends as well.
    if (error.exitCode !== 0) throw error;
  }
}
