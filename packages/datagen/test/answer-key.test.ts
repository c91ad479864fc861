import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type GenerationOptions, generate, generateLaterDeliveries } from '../src/index.ts';
import { evaluate, filesBelow } from './naive-evaluator.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

const cases: [string, Omit<GenerationOptions, 'out'>][] = [
  ['no faults', { faults: 'none', rowsPerDay: 700 }],
  ['the default faults', { rowsPerDay: 3000 }],
  ['the default faults with another seed', { seed: 7, days: 5, rowsPerDay: 800 }],
  ['heavy faults', { faults: 'heavy', days: 6, rowsPerDay: 900 }],
  ['heavy faults with the largest seed', { faults: 'heavy', seed: 4294967295, days: 9, rowsPerDay: 300 }],
  [
    'heavy faults over the turn of a year',
    { faults: 'heavy', seed: 0, start: '2023-12-27', days: 12, rowsPerDay: 250 },
  ],
  ['heavy faults on a single day', { faults: 'heavy', seed: 3, days: 1, rowsPerDay: 2000 }],
  ['a handful of rows', { faults: 'heavy', seed: 11, days: 8, rowsPerDay: 3, products: 1, customers: 1 }],
];

describe('the answer key agrees with a slow evaluation of the files by the rules', () => {
  test.each(cases)('with %s', async (_, options) => {
    const out = newFolder();

    const { landing, dimensions, expected } = await generate({ ...options, out });

    expect(expected).toMatchObject(evaluate(filesBelow(landing), dimensions));
  });

  test.each(cases)('after the later deliveries, with %s', async (_, options) => {
    const out = newFolder();
    const { landing, dimensions } = await generate({ ...options, out });

    const { later, expected } = await generateLaterDeliveries({ ...options, out });

    const laterFiles = filesBelow(later);
    const facts = evaluate([...filesBelow(landing), ...laterFiles], dimensions);
    const { facts_sha256, total_amount, by_class, by_status } = facts;
    expect(expected).toMatchObject({ facts: facts.facts, facts_sha256, total_amount, by_class, by_status });
    const { read, rejected, rejects_by_code, files } = evaluate(
      laterFiles.filter(({ key }) => key in expected.files),
      dimensions,
    );
    expect(expected).toMatchObject({ read, rejected, rejects_by_code, files });
  });

  test('and is what the file says', async () => {
    const { expected, expectedPath, landing } = await generate({ out: newFolder(), rowsPerDay: 50 });

    expect(JSON.parse(readFileSync(expectedPath, 'utf8'))).toEqual(expected);
    expect(Object.keys(expected.files)).toEqual(filesBelow(landing).map(({ key }) => key));
    expect(expected).toMatchObject({ seed: 42, options: { days: 3, rowsPerDay: 50, faults: 'default' } });
    expect(expectedPath).toBe(join(landing, '..', 'expected.json'));
  });
});
