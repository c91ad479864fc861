import { expect, test } from '@jest/globals';
import { collectReport, renderReport } from '../src/index.ts';
import { HOSTILE } from './support/hostile.ts';
import { openShop, RUN } from './support/shop.ts';

const CLASSES = ['Small', 'Medium', 'Large'];

async function report(withValues: boolean, name?: string): Promise<string> {
  const warehouse = await openShop(name);
  const run = (await warehouse.run(RUN))!;
  return renderReport(await collectReport({ facts: warehouse, rejects: warehouse }, run), {
    classes: CLASSES,
    withValues,
  });
}

test('tells the books of the run and of each file, refusals, phases, warnings and the policy', async () => {
  const page = await report(false);
  expect(page).toContain('4 rows read = 2 inserted + 2 rejected');
  expect(page).toMatch(
    /<th scope="row">day\/a\.csv<\/th>.*loaded.*<td class="number">4<\/td><td class="number">2<\/td>/,
  );
  expect(page).toContain('<code>header-missing-column</code>');
  expect(page).toContain('The header lacks &quot;price&quot;');
  expect(page).toContain('reading, checking and staging rows</th><td class="number">5.6 s</td>');
  expect(page).toContain('a has columns that are ignored: notes');
  expect(page).toContain('sha256:');
});

test('tells rejects by code with examples: file, line, all codes', async () => {
  const page = await report(false);
  expect(page).toMatch(
    /<code>status-unknown<\/code><\/th><td>status<\/td><td>the status is not in the list<\/td><td class="number">2/,
  );
  const examples = page.slice(page.indexOf('Examples of each code'));
  expect(examples).toContain('<code>price-negative</code> in <code>price</code>');
  expect(examples).toMatch(/day\/a\.csv<\/th><td class="number">[45]<\/td>/);
});

test('shows no value of a rejected row, unless it is asked to', async () => {
  expect(await report(false)).not.toMatch(/secret|ada@/);
  expect(await report(true)).toContain('secret,ada@example.org,-1');
});

test('adds up what the run wrote last, by day and class', async () => {
  const page = await report(false);
  expect(page).toContain('Transactions that this run wrote last: 1 transaction, 600.00 in all.');
  expect(page).toMatch(/2023-03-13<\/th><td class="number">600\.00<\/td><td class="number">1</);
});

test('needs nothing beside itself, and forbids itself to load or run anything', async () => {
  const page = await report(true);
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
  expect(page).not.toMatch(/<script|<link|<img|src=|url\((?!#)|https?:\/\/(?!www\.w3\.org)/);
});

test.each(HOSTILE)('takes %j as a text, wherever it comes from', async (text) => {
  const page = await report(true, text);
  expect(page).not.toContain(text.includes('<') ? text : '\u202e');
  expect(page).not.toMatch(/<(script|img|foreignObject)|\son\w+="/);
});
