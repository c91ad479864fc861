import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const TUTORIAL = new URL('../../docs/tutorials/write-an-adapter.md', import.meta.url);
const FOLDER = new URL('./', import.meta.url);

const sources = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), 'utf8') }));
const snippets = [...readFileSync(TUTORIAL, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code!);

test.each(snippets)('the tutorial shows what is there: %s', (snippet) => {
  expect(sources.filter(({ text }) => withoutIndents(text).includes(withoutIndents(snippet))).length).toBeGreaterThan(
    0,
  );
});

test('the warehouse has less than 200 lines', () => {
  const lines = sources
    .filter(({ name }) => !/test|reader|undo/.test(name))
    .flatMap(({ text }) => text.trim().split('\n'));
  expect(lines.length).toBeLessThan(200);
});

function withoutIndents(text: string): string {
  return text.replace(/^ +/gm, '');
}
