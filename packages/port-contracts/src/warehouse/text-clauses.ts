import assert from 'node:assert/strict';
import { buildDelivery, commitDeliveries, type StagedRow } from '@weir/core/testing';
import type { Contract } from '../contract.ts';
import { INJECTED_SQL, INJECTED_WORDS } from '../injected-sql.ts';
import { idsFor, readFact, readFacts, type WarehouseSubject } from '../warehouse-subject.ts';

/** What formats between a program and a database are known to trip over. */
const TEXTS = [
  '',
  ' ',
  '  padded  ',
  '\t',
  '\n',
  '\r\n',
  'a\tb\nc\rd',
  '\\',
  '\\\\',
  '\\.',
  '\\N',
  '\\n\\t\\r\\b\\x41\\101',
  'ends with \\',
  "O'Brien",
  '"quoted", "twice"',
  'a,b;c|d',
  '$1 %s {0} :name ?',
  'NULL',
  'null',
  '\b\f\v\u0001\u001f\u007f',
  '\u0085\u00a0\u2028\u2029',
  '\ufeffmark',
  'é e\u0301 ﬁ',
  '日本語',
  'שלום مرحبا',
  '😀 👩‍👩‍👧 \u{10ffff}',
  '\uff5e\ufffd\uffff',
  // What spreadsheets and browsers would run is kept as it is: only what people open is defused.
  `=cmd|' /C calc'!A0`,
  '@SUM(1+1)*-1',
  '<script>alert(1)</script>',
  ...INJECTED_SQL,
];

/** Values come out as they went in. */
export const TEXT_CLAUSES: Contract<WarehouseSubject>['clauses'] = {
  'keeps any text of a fact': async (subject) => {
    const rows = TEXTS.map((text, i) => ({ transaction_id: `T-${String(i).padStart(2, '0')}`, ...toTexts(text) }));
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows })]);
    const facts = await readFacts(subject);
    assert.deepEqual(
      facts.map((fact) =>
        Object.fromEntries(Object.keys(toTexts('')).map((column) => [column, fact[column as 'status']])),
      ),
      TEXTS.map(toTexts),
    );
  },

  'calls any text unchanged when it comes again': async ({ warehouse }) => {
    const rows = TEXTS.map((text, i) => ({ transaction_id: `${i}${text}`, ...toTexts(text) }));
    await commitDeliveries(warehouse, 'run-1', [buildDelivery({ sourceModified: 1, rows })]);
    const { files } = await commitDeliveries(warehouse, 'run-2', [
      buildDelivery({ key: 'next.csv', sourceModified: 2, rows }),
    ]);
    assert.equal(files[0]!.books.unchanged, TEXTS.length);
  },

  'keeps any text as a transaction id': async (subject) => {
    const texts = idsFor(subject, TEXTS);
    const rows = texts.map((transaction_id) => ({ transaction_id }));
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rows })]);
    const ids = (await readFacts(subject)).map(({ transaction_id }) => transaction_id);
    assert.deepEqual(ids.sort(), [...texts].sort());
  },

  'keeps any text of a reject': async (subject) => {
    const rejects = TEXTS.map((text, i) => ({
      source_line: 100 + i,
      raw_record: text,
      faults: [{ code: 'status-unknown', column: 'status', message: `is not in the list: ${text}` }] as const,
    }));
    await commitDeliveries(subject.warehouse, 'run-1', [buildDelivery({ rejects })]);
    const stored = [...(await subject.rejects())].sort((a, b) => a.source_line - b.source_line);
    assert.deepEqual(
      stored.map(({ raw_record, faults }) => ({ raw_record, faults })),
      rejects.map(({ raw_record, faults }) => ({ raw_record, faults })),
    );
  },

  'keeps any text in the names of files, their headers, refusals, and in warnings': async (subject) => {
    const { warehouse, history } = subject;
    const message = TEXTS.join('|');
    const files = TEXTS.map((text, i) =>
      buildDelivery({
        key: `${i}/${text}`,
        header: text,
        ...(i === 0 ? { status: 'refused', refusal: { code: 'file-not-text', message } } : { rejects: [{}] }),
      }),
    );
    await commitDeliveries(warehouse, 'run-1', files, { warnings: TEXTS });
    const run = (await history.run('run-1'))!;
    assert.deepEqual(run.warnings, TEXTS);
    assert.deepEqual(run.files.map(({ key }) => key).sort(), files.map(({ key }) => key).sort());
    assert.equal(run.files.find(({ status }) => status === 'refused')?.refusal?.message, message);
    const headers = (await subject.rejects()).map(({ header }) => header);
    assert.deepEqual(headers.sort(), TEXTS.slice(1).sort());
    const hashes = await warehouse.committedHashes(files.map(({ key }) => key));
    assert.equal(hashes.size, TEXTS.length - 1);
  },

  'runs nothing that stands in the id or the error of a run': async (subject) => {
    const { warehouse, history } = subject;
    await commitDeliveries(warehouse, 'run-1', [buildDelivery({ rows: [{}] })]);
    // A run's id is short.
    const texts = INJECTED_SQL.filter((text) => /DROP|COMMIT/.test(text) && text.length < 40).slice(0, 4);
    for (const text of texts) {
      const runs = [`done ${text}`, `failed ${text}`] as const;
      await commitDeliveries(warehouse, runs[0], [buildDelivery({ key: text, rejects: [{}] })]);
      await warehouse.recordFailedRun({ runId: runs[1], startedAt: 0, failedAt: 1, policyHash: text, error: text });
      assert.equal((await history.run(runs[0]))?.files[0]?.key, text);
      assert.equal((await history.run(runs[1]))?.error, text);
    }
    assert.equal((await history.runs({ limit: 100 })).length, 1 + 2 * texts.length);
    assert.equal((await readFacts(subject)).length, 1);
  },

  'runs nothing that stands in the words of a policy': async (subject) => {
    const words = [...INJECTED_WORDS];
    const policy = { statuses: words, terminalStatuses: words, decisions: 'all' as const };
    const deliver = (sourceModified: number) =>
      buildDelivery({
        sourceModified,
        rows: INJECTED_WORDS.map((status, i) => ({ transaction_id: `T-${i}`, status, quantity: sourceModified })),
      });
    await commitDeliveries(subject.warehouse, 'run-1', [deliver(1)], { policy });
    await commitDeliveries(subject.warehouse, 'run-2', [deliver(2)], { policy });
    const facts = await readFacts(subject);
    assert.deepEqual(
      facts.map(({ status, quantity }) => [status, quantity]),
      INJECTED_WORDS.map((status) => [status, 2]),
    );
  },

  'keeps the greatest and the smallest numbers and days': async (subject) => {
    const greatest: Partial<StagedRow> = {
      transaction_id: 'é'.repeat(32),
      quantity: 2_147_483_647,
      price: '9999999999.99',
      total_amount: '9999999999999999.99',
      list_price: '0.01',
      transaction_date: '9999-12-31',
      source_line: 3_000_000_000,
    };
    const smallest = { transaction_id: 'least', quantity: 1, price: '0.00', transaction_date: '0001-01-01' };
    const sourceModified = Date.UTC(2023, 2, 15, 6, 30, 15, 123);
    const delivery = buildDelivery({
      size: 5_000_000_000,
      sourceDay: '2024-02-29',
      sourceModified,
      rows: [greatest, smallest],
    });
    await commitDeliveries(subject.warehouse, 'run-1', [delivery]);
    const [least, most] = [await readFact(subject, 'least'), await readFact(subject, 'é'.repeat(32))];
    assert.deepEqual({ ...most, ...greatest, source_modified: sourceModified, source_day: '2024-02-29' }, most);
    assert.deepEqual({ ...least, ...smallest, total_amount: '0.00', source_line: 3 }, least);
    const [file] = (await subject.history.run('run-1'))!.files;
    assert.deepEqual(
      [file!.size, file!.sourceModified, file!.sourceDay],
      [5_000_000_000, sourceModified, '2024-02-29'],
    );
  },
};

/** Every text column that a delivery or a dimension may fill with what it likes. */
function toTexts(text: string) {
  return {
    customer_id: text,
    product_id: text,
    payment_type: text,
    status: text,
    amount_class: text,
    product_name: text,
    category: text,
    supplier_id: text,
    membership_level: text,
  };
}
