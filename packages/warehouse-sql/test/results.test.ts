import { describe, expect, test } from '@jest/globals';
import { CONTENT_COLUMNS, decodeStagedLines, FAULTS, parsePolicy } from '@weir/core';
import { buildDelivery } from '@weir/core/testing';
import {
  encodeUndoSources,
  hasReplays,
  readFact,
  readUndoStep,
  type TextRow,
  toCommittedRun,
  toPreviewedRun,
} from '../src/index.ts';
import { FACT_COLUMNS } from '../src/queries/select-facts.ts';
import { readLoggedFile } from '../src/results/read-books.ts';
import { readDecisions } from '../src/results/read-decision.ts';
import { readDeliveryDay } from '../src/results/read-delivery-day.ts';
import { readFactRow } from '../src/results/read-fact.ts';
import { readHistoryTotals } from '../src/results/read-history-totals.ts';
import { readReject, readRejectCounts } from '../src/results/read-reject.ts';
import { readRunRecord, readRunSummary } from '../src/results/read-run.ts';
import { readTotals } from '../src/results/read-totals.ts';
import { isStorableText } from '../src/storable-text.ts';
import { BOOK_ROW, BOOKS, FILE, FILE_ROW, MOMENT, RUN_ROW, TIME } from './support/stored-rows.ts';

describe('the entry of a file', () => {
  test('is read with its books, its time and what was rejected', () => {
    expect(readLoggedFile(FILE_ROW)).toEqual({ ...FILE, runId: 'run-1', loadedAt: MOMENT });
  });

  test('tells why it was refused', () => {
    const refused = { ...FILE_ROW, status: 'refused', refusal_code: 'file-not-text', refusal_message: 'It holds NUL.' };
    expect(readLoggedFile(refused).refusal).toEqual({ code: 'file-not-text', message: 'It holds NUL.' });
  });
});

describe('the entry of a run', () => {
  test('is read with those phases that were measured', () => {
    expect(readRunSummary(RUN_ROW)).toEqual({
      runId: 'run-1',
      status: 'succeeded',
      startedAt: MOMENT,
      finishedAt: MOMENT,
      undoneAt: undefined,
      policyHash: 'sha256:p',
      totals: BOOKS,
      phases: { listing: 5, reading: 0 },
      files: 2,
      warnings: ['Mind.'],
      error: undefined,
    });
  });

  test('tells why it failed, and when it was undone', () => {
    expect(readRunSummary({ ...RUN_ROW, error: 'It broke.', undone_at: TIME })).toMatchObject({
      error: 'It broke.',
      undoneAt: MOMENT,
    });
  });

  test('has the entries of its files in the place of their number', () => {
    expect(readRunRecord(RUN_ROW, [FILE_ROW])).toMatchObject({ runId: 'run-1', files: [FILE] });
  });
});

describe('a commit', () => {
  const run = {
    runId: 'run-1',
    startedAt: 0,
    committedAt: 1,
    policy: parsePolicy(),
    policyHash: '',
    warnings: [],
    files: [buildDelivery({ key: 'a.csv' }), buildDelivery({ key: 'b.csv' })],
  };

  test('left a file to another run where it has no entry of it', () => {
    const none = { read: 0, inserted: 0, updated: 0, unchanged: 0, stale: 0, duplicate: 0, rejected: 0 };
    expect(toCommittedRun(run, [FILE_ROW])).toEqual({
      files: [
        { key: 'a.csv', status: 'loaded', books: BOOKS },
        { key: 'b.csv', status: 'already-loaded', books: none },
      ],
    });
  });

  test('settles rejects where a file of it is replayed', () => {
    expect(hasReplays(run)).toBe(false);
    expect(hasReplays({ files: [...run.files, buildDelivery({ status: 'replayed' })] })).toBe(true);
  });
});

describe('a preview', () => {
  const change = Object.fromEntries(
    CONTENT_COLUMNS.flatMap((column) => [
      [`before_${column}`, 'x'],
      [`after_${column}`, column === 'quantity' ? '2' : 'x'],
    ]),
  );
  const rows: Readonly<Record<string, readonly TextRow[]>> = {
    'select-count-mismatches': [],
    'select-previewed-files': [FILE_ROW],
    'select-previewed-rejects': [
      { source_key: 'a.csv', source_line: '9', faults: JSON.stringify([FAULTS[4], FAULTS[10]]) },
    ],
    'select-previewed-changes': [{ ...change, source_key: 'a.csv', source_line: '3', transaction_id: 'T-1' }],
  };

  test('tells files, rejects by their codes, and of a change the columns that differ', async () => {
    expect(await toPreviewedRun(async (name) => rows[name]!)).toEqual({
      files: [{ key: 'a.csv', status: 'loaded', books: BOOKS }],
      rejects: [{ key: 'a.csv', line: 9, codes: ['transaction-id-blank', 'quantity-not-an-integer'] }],
      changes: [
        { key: 'a.csv', line: 3, transactionId: 'T-1', columns: [{ column: 'quantity', before: 'x', after: '2' }] },
      ],
    });
  });

  test('is none where the stage does not hold what was counted', async () => {
    const mismatch = { source_key: 'a.csv', rows_read: '2', rejected: '0', staged_rows: '1', staged_rejects: '0' };
    const mismatched: typeof rows = { ...rows, 'select-count-mismatches': [mismatch] };
    await expect(toPreviewedRun(async (name) => mismatched[name]!)).rejects.toMatchObject({
      code: 'warehouse.count-mismatch',
    });
  });
});

describe('a decision', () => {
  const row: TextRow = {
    run_id: 'run-2',
    decided_at: TIME,
    undone_at: null,
    verdict: 'updated',
    decided_by: 'status_rank',
    source_key: 'b.csv',
    source_line: '3',
    source_day: '2023-03-16',
    source_modified: TIME,
    transaction_date: '2023-03-14',
    status: 'Refunded',
    status_rank: '5',
    other_run_id: 'run-1',
    other_source_key: 'a.csv',
    other_source_line: '2',
    other_source_day: '2023-03-15',
    other_source_modified: TIME,
    other_transaction_date: '2023-03-14',
    other_status: 'Completed',
    other_status_rank: '3',
  };

  test('is read with both rows and their places, the oldest one first', () => {
    expect(readDecisions([row, { ...row, run_id: 'run-1', undone_at: TIME }])).toMatchObject([
      { runId: 'run-1', undoneAt: MOMENT },
      {
        runId: 'run-2',
        decidedAt: MOMENT,
        undoneAt: undefined,
        verdict: 'updated',
        decidedBy: 'status_rank',
        row: { sourceKey: 'b.csv', sourceLine: 3, sourceDay: '2023-03-16', sourceModified: MOMENT, statusRank: 5 },
        other: {
          runId: 'run-1',
          sourceKey: 'a.csv',
          sourceLine: 2,
          sourceDay: '2023-03-15',
          sourceModified: MOMENT,
          transactionDate: '2023-03-14',
          status: 'Completed',
          statusRank: 3,
        },
      },
    ]);
  });

  test('about a new transaction has no other row, and nothing that decided', () => {
    const [decision] = readDecisions([{ ...row, decided_by: null, other_source_key: null }]);
    expect([decision!.decidedBy, decision!.other]).toEqual([undefined, undefined]);
  });

  test('of another row tells what was kept of its delivery', () => {
    const lost = { ...row, other_run_id: null, other_source_day: null, other_source_modified: null };
    const [decision] = readDecisions([lost]);
    expect(decision!.other).toMatchObject({ runId: undefined, sourceDay: undefined, sourceModified: undefined });
  });
});

describe('a fact', () => {
  const values = FACT_COLUMNS.map((column) =>
    column === 'source_modified' ? TIME : column === 'quantity' ? '2' : '7',
  );

  test('has counts and times as numbers, and money as the digits that the database gives', () => {
    const fact = readFact(values);
    expect(fact).toMatchObject({ transaction_id: '7', quantity: 2, status_rank: 7, source_line: 7, price: '7' });
    expect(fact).toMatchObject({ total_amount: '7', source_modified: MOMENT });
    expect(Object.keys(fact)).toEqual(FACT_COLUMNS);
  });

  test('is the same by the names of its columns', () => {
    expect(readFactRow(Object.fromEntries(FACT_COLUMNS.map((column, i) => [column, values[i]!])))).toEqual(
      readFact(values),
    );
  });
});

describe('a reject', () => {
  const row: TextRow = {
    source_key: 'a.csv',
    content_hash: 'sha256:a',
    source_line: '4',
    run_id: 'run-1',
    raw_record: 'x,y',
    raw_encoding: 'text',
    raw_truncated: '1',
    header: 'a,b',
    faults: JSON.stringify([FAULTS[4]]),
    source_day: '2023-03-15',
    source_modified: TIME,
    first_seen: TIME,
    last_seen: TIME,
    state: 'open',
  };

  test('is read with its record, its faults and its delivery', () => {
    expect(readReject(row)).toEqual({
      key: 'a.csv',
      contentHash: 'sha256:a',
      line: 4,
      runId: 'run-1',
      rawRecord: 'x,y',
      rawEncoding: 'text',
      isTruncated: true,
      header: 'a,b',
      faults: [FAULTS[4]],
      sourceDay: '2023-03-15',
      sourceModified: MOMENT,
      firstSeen: MOMENT,
      lastSeen: MOMENT,
      state: 'open',
    });
    expect(readReject({ ...row, raw_truncated: '0' }).isTruncated).toBe(false);
  });

  test('is counted under its codes; codes that none has are left out', () => {
    const none = Object.fromEntries(FAULTS.map(({ code }) => [code.replaceAll('-', '_'), '0']));
    expect(readRejectCounts({ ...none, rejects: '3', price_negative: '2' })).toEqual({
      rejects: 3,
      byCode: { 'price-negative': 2 },
    });
  });
});

describe('totals', () => {
  test('of the history are sums over statuses; failed runs are no success', () => {
    const codes = Object.fromEntries(FAULTS.map(({ code }) => [code.replaceAll('-', '_'), '0']));
    const run = { ...BOOK_ROW, runs: '2', last_finished: TIME };
    const totals = readHistoryTotals(
      [
        { ...run, status: 'succeeded' },
        { ...run, status: 'undone', last_finished: '2023-03-14 00:00:00.000' },
        { ...run, status: 'failed', last_finished: '2023-03-17 00:00:00.000' },
      ],
      [
        { ...codes, status: 'loaded', files: '3', price_negative: '4' },
        { ...codes, status: 'replayed', files: '1', price_negative: '1' },
      ],
    );
    expect(totals).toMatchObject({
      runs: { succeeded: 2, undone: 2, failed: 2 },
      files: { loaded: 3, replayed: 1 },
      rows: { read: 63, inserted: 3 },
      lastSuccessAt: MOMENT,
    });
    expect(totals.rejectsByCode).toEqual({ 'price-negative': 5 });
  });

  test('of a history without a success have no time of one', () => {
    expect(readHistoryTotals([], [])).toMatchObject({
      lastSuccessAt: undefined,
      rejectsByCode: {},
    });
  });

  test('of amounts come in the order of days, then of the bytes of classes', () => {
    const row = (day: string, name: string) => ({
      transaction_day: day,
      amount_class: name,
      transactions: '2',
      amount: '3.50',
    });
    expect(readTotals([row('2023-03-15', 'a'), row('2023-03-15', 'B'), row('2023-03-14', 'z')])).toEqual([
      { day: '2023-03-14', amountClass: 'z', transactions: 2, amount: '3.50' },
      { day: '2023-03-15', amountClass: 'B', transactions: 2, amount: '3.50' },
      { day: '2023-03-15', amountClass: 'a', transactions: 2, amount: '3.50' },
    ]);
  });

  test('of a day of deliveries count its files by status', () => {
    const row = { ...BOOK_ROW, source_day: '2023-03-15', loaded_files: '1', empty_files: '2', refused_files: '3' };
    expect(readDeliveryDay(row)).toEqual({ day: '2023-03-15', loaded: 1, empty: 2, refused: 3, books: BOOKS });
  });
});

describe('an undo', () => {
  test('reads what is to be done about a fact', () => {
    const place = ['run-1', 'a.csv', 'sha256:a', '12'];
    expect(readUndoStep(['T-1', 'restore', ...place])).toEqual({
      kind: 'restore',
      transactionId: 'T-1',
      source: { runId: 'run-1', key: 'a.csv', contentHash: 'sha256:a' },
      line: 12,
    });
    expect(readUndoStep(['T-2', 'delete', '', '', '', ''])).toEqual({ kind: 'delete', transactionId: 'T-2' });
  });

  test('stages the sources of its rows by their numbers', () => {
    const lines = encodeUndoSources([{ fileNo: 3, runId: 'run-1', key: 'a\t.csv', contentHash: 'sha256:a' }]);
    expect(lines.map((line) => decodeStagedLines(line))).toEqual([[['3', 'run-1', 'a\t.csv']]]);
  });
});

test.each([
  ['any text', true],
  ['', true],
  ['a\0b', false],
  ['half \ud83d of a character', false],
])('a database can hold %j as it is: %s', (text, expected) => {
  expect(isStorableText(text)).toBe(expected);
});
