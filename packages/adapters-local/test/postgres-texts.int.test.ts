import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { decodeStagedLines, encodeStagedLine, type Fact } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import fc from 'fast-check';
import { PostgresDimensionCatalog, PostgresFactReader, PostgresRunHistory, PostgresWarehouse } from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

/** Test material that lies beside the checkout and is not part of it. */
const NAUGHTY = new URL('../../../../shared/data/naughty-strings/blns.json', import.meta.url);

const TRICKY = [
  '\\.',
  '\\N',
  '\\',
  '\\\\',
  '\t',
  '\n',
  '\r\n',
  "'",
  '"',
  '',
  ' ',
  'NULL',
  '\u0001',
  '\u007f',
  '😀',
  '\u{10ffff}',
  'e\u0301',
  '\ufeff',
];

const TEXT_COLUMNS = [
  'customer_id',
  'product_id',
  'payment_type',
  'status',
  'amount_class',
  'product_name',
  'category',
  'supplier_id',
  'membership_level',
] as const;

/** Writes each text into every column that holds text, and reads it back. */
async function checkTexts(given: readonly string[]): Promise<void> {
  const texts = given.map((text) => text.replaceAll('\0', '').toWellFormed());
  const { pool, close } = await openPlace();
  const rows = texts.map((text, i) => ({
    transaction_id: `${String(i).padStart(6, '0')}${text}`,
    ...(Object.fromEntries(TEXT_COLUMNS.map((column) => [column, text])) as Record<
      (typeof TEXT_COLUMNS)[number],
      string
    >),
    status_rank: 1,
  }));
  const warehouse = new PostgresWarehouse({ pool });
  const deliveries = texts.map((text, i) =>
    buildDelivery({ key: `${i}${text}`, header: text, rejects: [{ raw_record: text }] }),
  );
  const warnings = texts.map((text) => text.slice(0, 50));
  await commitDeliveries(warehouse, 'run-1', [buildDelivery({ key: 'facts.csv', rows }), ...deliveries], { warnings });

  const facts: Fact[] = [];
  for await (const batch of new PostgresFactReader({ pool }).facts()) facts.push(...batch);
  expect(facts.map(({ transaction_id }) => transaction_id)).toEqual(rows.map(({ transaction_id }) => transaction_id));
  for (const [i, fact] of facts.entries()) expect(fact).toMatchObject(rows[i]!);

  const stored = await pool.query(
    'SELECT source_key, header, raw_record FROM ingest_reject JOIN ingest_file USING (run_id, source_key)',
  );
  const expected = texts.map((text, i) => ({ source_key: `${i}${text}`, header: text, raw_record: text }));
  expect(new Set(stored.rows.map((row) => JSON.stringify(row)))).toEqual(
    new Set(expected.map((row) => JSON.stringify(row))),
  );

  const keys = deliveries.map(({ key }) => key);
  expect([...(await warehouse.committedHashes(keys)).keys()].sort()).toEqual(keys.toSorted());
  const run = await new PostgresRunHistory({ pool }).run('run-1');
  expect(run!.warnings).toEqual(warnings.map((warning) => warning.toWellFormed()));

  const catalog = new PostgresDimensionCatalog({ pool });
  const products = texts.map((text, i) => [`${i}${text}`, text, text, '1.00', text]);
  const feed = (async function* () {
    for (const product of products) yield encodeStagedLine(product);
  })();
  await catalog.load([{ dimension: 'products', rows: feed }]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of catalog.read('products')) chunks.push(chunk);
  const found = decodeStagedLines(new Uint8Array(Buffer.concat(chunks)));
  expect(found.toSorted()).toEqual(
    products.map(([id, name, category, price, supplier]) => [id, name, category, supplier, price]).toSorted(),
  );
  await close();
}

describe('texts reach the database and come back as they were', () => {
  test('where they hold what COPY, SQL or a shell would read as something else', () => checkTexts(TRICKY));

  test('whatever they hold but NUL', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 60 }),
        checkTexts,
      ),
      { numRuns: 8 },
    ));

  const isMissing = !existsSync(NAUGHTY);
  if (isMissing && process.env.CI !== 'true')
    console.warn(`Skipped the naughty strings: ${NAUGHTY.pathname} is missing.`);
  (isMissing && process.env.CI !== 'true' ? test.skip : test)('where they are the big list of naughty strings', () => {
    const strings = JSON.parse(readFileSync(NAUGHTY, 'utf8')) as string[];
    expect(strings.length).toBeGreaterThan(400);
    return checkTexts(strings.filter((text) => Buffer.byteLength(text) <= 4000));
  });
});
