import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import { EMPTY_BOOKS } from '../../../src/ports/books.ts';
import type { FileReport, IngestReport } from '../../../src/ports/ingest-report.ts';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { requireLegalNotice } from '../../../src/ports/legal-notice.ts';
import type { RunEntry, RunState } from '../../../src/ports/run-ledger.port.ts';
import { FAULTS } from '../../../src/rules/faults.ts';
import { reportFile } from '../../../src/use-cases/report-file.ts';
import { composeNotice } from '../../../src/use-cases/runs/notice/compose-notice.ts';
import { fitText } from '../../../src/use-cases/runs/notice/fit-text.ts';
import type { NoticeContext } from '../../../src/use-cases/runs/notice/notice-context.ts';
import { keyOf } from '../../support/world.ts';

const CONTEXT: NoticeContext = {
  landing: 's3://landing',
  archive: 's3://archive',
  quarantine: 's3://quarantine',
  reportOf: (runId) => `s3://ledger/runs/closed/${runId}.json`,
  lookCloser: (runId) => `aws s3 cp 's3://ledger/runs/closed/${runId}.json' -`,
  replay: (key, from) => `aws s3 cp 's3://${from}/${key}' 's3://landing/${key}'`,
};
const POLICY = parsePolicy({});
const HASH = `sha256:${'4f'.repeat(32)}`;

function landed(key: string): LandedFile {
  return { key, size: 9, modifiedAt: Date.UTC(2023, 2, 15), version: 'v:1' };
}

function entryOf(keys: readonly string[], state: RunState): RunEntry {
  const files = keys.map(landed);
  const marks = { lease: undefined, notifiedAt: undefined, settledAt: undefined, revision: '1' };
  return { runId: 'run-4f2c81d09a77', plannedAt: 0, policy: POLICY, files, state, ...marks };
}

function committed(files: readonly FileReport[], rest: Partial<IngestReport> = {}): RunEntry {
  const none = { archived: 0, quarantined: 0, notMoved: [], warnings: [] };
  const report: IngestReport = {
    runId: 'run-4f2c81d09a77',
    status: 'succeeded',
    files,
    totals: EMPTY_BOOKS,
    ...none,
    ...rest,
  };
  return entryOf(
    files.map(({ key }) => key),
    { kind: 'committed', jobRunId: 'job-1', report },
  );
}

function compose(entry: RunEntry, givenUp: readonly string[] = []) {
  return composeNotice({ entry, givenUp: givenUp.map(landed) }, CONTEXT);
}

const LOADED = reportFile(keyOf('2023-03-15'), 'loaded', {
  contentHash: HASH,
  read: 1200,
  inserted: 1000,
  updated: 200,
});
const WITH_REJECTS = reportFile(keyOf('2023-03-16'), 'loaded', {
  contentHash: HASH,
  read: 1500,
  inserted: 1480,
  unchanged: 6,
  rejected: 14,
  rejectsByCode: { 'price-negative': 12, 'product-unknown': 3 },
  firstRejects: { 'price-negative': 1017, 'product-unknown': 2 },
});
const REFUSED = reportFile(keyOf('2023-03-17'), 'refused', {
  contentHash: HASH,
  problem: { code: 'header-missing-column', message: 'The column price is missing.', remedy: 'Add it.' },
});
const FAILED = reportFile(keyOf('2023-03-18'), 'failed', {
  problem: { code: 'landing.changed', message: 'It was replaced\nmeanwhile.', remedy: undefined },
});
const RUN_FAILED: RunState = {
  kind: 'failed',
  jobRunId: 'job-1',
  problem: {
    code: 'warehouse.unreachable',
    message: 'Redshift did not answer.',
    remedy: 'Look at the log of the job.',
  },
};

describe('a notice', () => {
  test('of a run without a fault', () => {
    expect(compose(committed([LOADED]))).toMatchSnapshot();
  });

  test('of a run with rejects, a refused and a failed file, and warnings', () => {
    const warnings = ['ignored columns that the rules do not know: "colour"'];
    expect(compose(committed([LOADED, WITH_REJECTS, REFUSED, FAILED], { warnings }))).toMatchSnapshot();
  });

  test('of a run that failed and is tried again', () => {
    expect(compose(entryOf([keyOf('2023-03-15'), keyOf('2023-03-16')], RUN_FAILED))).toMatchSnapshot();
  });

  test('of files that are given up', () => {
    const keys = [keyOf('2023-03-15'), keyOf('2023-03-16')];
    expect(compose(entryOf(keys, RUN_FAILED), keys)).toMatchSnapshot();
  });

  test('of many files tells the worst first, then the sum of the rest and of all', () => {
    const day = (i: number) =>
      `2023-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`;
    const files = Array.from({ length: 100 }, (_, i) => ({
      ...WITH_REJECTS,
      key: keyOf(day(i)),
      rejected: i,
      read: 1486 + i,
    }));
    expect(compose(committed([...files, REFUSED, FAILED])).text).toMatchSnapshot();
  });

  test('of 26 files tells each of them: a line for the rest would not be shorter', () => {
    const files = Array.from({ length: 26 }, (_, i) => ({ ...LOADED, key: keyOf('2023-03-15', `file-${i}.csv`) }));
    const { text } = compose(committed(files));
    expect(text).not.toContain('other files');
    for (let i = 0; i < 26; i++) expect(text).toContain(`file-${i}.csv`);
  });

  test.each([
    [999_999, '999,999 rows'],
    [1_000_000, '1.0M rows'],
    [2_500_000_000, '2.5B rows'],
  ])('of %i rows tells so many in its subject', (read, words) => {
    expect(compose(committed([{ ...LOADED, read, inserted: read, updated: 0 }])).subject).toContain(words);
  });

  test('cuts whole lines from the end of a text that does not fit', () => {
    const cut = '... (the rest does not fit)\n';
    expect(fitText('a\nb\n', 4)).toBe('a\nb\n');
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}\n`);
    expect(fitText(lines.join(''), 60)).toBe(`${lines.slice(0, 4).join('')}${cut}`);
  });

  test('lists no example of a reject in a document that holds no file any more', () => {
    const longest = Array.from({ length: 100 }, (_, i) => ({
      ...WITH_REJECTS,
      key: `${i}${'\u{1f600}'.repeat(20_000)}`,
    }));
    const { document } = compose(committed(longest));
    expect(document).toMatchObject({ fileCount: 100, files: [], warnings: [] });
    expect((document.rejects as { examples: unknown[] }[]).every(({ examples }) => examples.length === 0)).toBe(true);
  });

  test('lists ten of many problems and warnings, and counts the rest', () => {
    const warnings = Array.from({ length: 13 }, (_, i) => `Warning ${i}.`);
    const { text } = compose(committed([LOADED], { warnings }));
    expect(text).toContain('Warning 9.');
    expect(text).toContain('... and 3 more');
  });

  test('of a run that found nothing new says so', () => {
    const { subject } = compose(committed([reportFile(keyOf('2023-03-15'), 'already-loaded', { contentHash: HASH })]));
    expect(subject).toBe('Weir found nothing new 2023-03-15: 1 file, 0 rows, 0 rejected');
  });

  test('names the file that is given up apart from the one that is tried again', () => {
    const other = { ...FAILED, key: keyOf('2023-03-19') };
    const { subject, text, document } = compose(committed([LOADED, FAILED, other]), [other.key]);
    expect(subject).toContain('GAVE UP');
    expect(text).toContain(`aws s3 cp 's3://landing/${other.key}'`);
    expect(text).not.toContain(`aws s3 cp 's3://landing/${FAILED.key}'`);
    expect(document).toMatchObject({ state: 'gave-up', givenUpCount: 1, failedCount: 2 });
  });

  test('escapes what a key could break a line or steer a terminal with', () => {
    const { text } = compose(committed([{ ...REFUSED, key: 'a\n\u001b[31m\u202e\u2028.csv' }]));
    expect(text).toContain('a\\u{a}\\u{1b}[31m\\u{202e}\\u{2028}.csv');
    expect(text).not.toMatch(/[\p{Cf}\u2028]/u);
  });

  test('lists a command for each of ten refused files, and counts the rest', () => {
    const files = Array.from({ length: 14 }, (_, i) => ({ ...REFUSED, key: keyOf('2023-03-17', `${i}.csv`) }));
    const { text } = compose(committed(files));
    expect(text.match(/aws s3 cp 's3:\/\/quarantine/g)).toHaveLength(10);
    expect(text).toContain('... and 4 more');
  });

  test('is legal and within 256 KiB as a message, whatever the report holds', () => {
    fc.assert(
      fc.property(arbitraryEntry, fc.array(fc.nat(30), { maxLength: 5 }), (entry, spent) => {
        const givenUp = spent.flatMap((i) => entry.files[i] ?? []);
        const notice = composeNotice({ entry, givenUp }, CONTEXT);
        requireLegalNotice(notice);
        expect(notice.subject).toMatch(/^Weir /);
        const message = JSON.stringify({ default: notice.text, lambda: JSON.stringify(notice.document) });
        expect(new TextEncoder().encode(message).length).toBeLessThan(256 * 1024);
        expect(new TextEncoder().encode(notice.text).length).toBeLessThanOrEqual(60_000);
        expect(JSON.parse(JSON.stringify(notice.document))).toEqual(notice.document);
        expect(notice.text).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 200 },
    );
  });
});

const text = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.string({ minLength: 900, maxLength: 1024 }),
  fc.constantFrom('\ud800', '\u0000'.repeat(1024), '"'.repeat(1024), '日'.repeat(340), '', '/', 'a/'),
);
const count = fc.oneof(fc.nat(5), fc.maxSafeInteger().map(Math.abs));
const problem = fc.record({ code: text, message: text, remedy: fc.option(text, { nil: undefined }) });
const counts = fc.dictionary(fc.constantFrom(...FAULTS.map(({ code }) => code)), count, { noNullPrototype: true });
const books = {
  read: count,
  inserted: count,
  updated: count,
  unchanged: count,
  stale: count,
  duplicate: count,
  rejected: count,
};
const arbitraryFile: fc.Arbitrary<FileReport> = fc.record({
  key: text,
  status: fc.constantFrom('loaded', 'already-loaded', 'empty', 'refused', 'failed'),
  ...books,
  contentHash: fc.option(fc.constant(HASH), { nil: undefined }),
  rejectsByCode: counts,
  firstRejects: counts,
  problem: fc.option(problem, { nil: undefined }),
  takenTo: fc.constant(undefined),
});
const arbitraryEntry: fc.Arbitrary<RunEntry> = fc
  .tuple(
    fc.uniqueArray(arbitraryFile, { selector: ({ key }) => key, maxLength: 60 }),
    fc.boolean(),
    problem,
    fc.array(text, { maxLength: 20 }),
    fc.oneof(fc.constant(0), fc.maxSafeInteger()),
  )
  .map(([files, isCommitted, fault, warnings, modifiedAt]) => {
    const entry = isCommitted
      ? committed(files, { warnings })
      : entryOf(
          files.map(({ key }) => key),
          { kind: 'failed', jobRunId: undefined, problem: fault },
        );
    return { ...entry, files: entry.files.map((file) => ({ ...file, modifiedAt })) };
  });
