import { describe, expect, test } from '@jest/globals';
import { EMPTY_BOOKS } from '../../../src/ports/books.ts';
import type { FileRecord, RunRecord } from '../../../src/ports/run-history.port.ts';
import { rebuildReport } from '../../../src/use-cases/runs/rebuild-report.ts';

const PLANNED = ['a.csv', 'b.csv'].map((key) => ({ key, size: 1, modifiedAt: 0, version: '1' }));

function fileOf(key: string, rest: Partial<FileRecord> = {}): FileRecord {
  const books = { ...EMPTY_BOOKS, read: 3, inserted: 2, rejected: 1 };
  const source = { size: 9, sourceDay: '2023-03-15', sourceModified: 0, blankLines: 0 };
  const rejectsByCode = { 'price-negative': 1 };
  return {
    key,
    contentHash: `sha256:${key}`,
    status: 'loaded',
    refusal: undefined,
    books,
    rejectsByCode,
    ...source,
    ...rest,
  };
}

function recordOf(files: readonly FileRecord[], rest: Partial<RunRecord> = {}): RunRecord {
  return {
    runId: 'run-1',
    status: 'succeeded-with-rejects',
    startedAt: 1,
    finishedAt: 2,
    undoneAt: undefined,
    policyHash: 'sha256:p',
    totals: EMPTY_BOOKS,
    phases: {},
    warnings: ['Mind the gap.'],
    error: undefined,
    files,
    ...rest,
  };
}

describe('a report that is made of what the warehouse recorded', () => {
  test('tells the files as they were committed, and that nothing was moved yet', () => {
    const report = rebuildReport(recordOf([fileOf('a.csv'), fileOf('b.csv')]), PLANNED);
    expect(report).toMatchObject({ runId: 'run-1', status: 'succeeded-with-rejects', warnings: ['Mind the gap.'] });
    expect(report).toMatchObject({
      archived: 0,
      quarantined: 0,
      notMoved: [],
      totals: { read: 6, inserted: 4, rejected: 2 },
    });
    expect(report.notMoved).toEqual([]);
    expect(report.files).toMatchObject(
      ['a.csv', 'b.csv'].map((key) => ({
        key,
        status: 'loaded',
        contentHash: `sha256:${key}`,
        read: 3,
        problem: undefined,
      })),
    );
    expect(report.files[0]!.rejectsByCode).toEqual({ 'price-negative': 1 });
  });

  test('tells why a file was refused, and none of its rejects', () => {
    const refusal = { code: 'reject-rate-exceeded', message: 'Too many.' } as const;
    const { files } = rebuildReport(recordOf([fileOf('a.csv', { status: 'refused', refusal })]), PLANNED.slice(0, 1));
    expect(files).toMatchObject([{ status: 'refused', problem: { ...refusal, remedy: undefined } }]);
    expect(files[0]!.rejectsByCode).toEqual({});
  });

  test('counts a file that was not recorded as failed, and so the run, and says why', () => {
    const report = rebuildReport(recordOf([fileOf('a.csv')]), PLANNED);
    expect(report.status).toBe('failed');
    expect(report.files[1]).toMatchObject({
      status: 'failed',
      contentHash: undefined,
      problem: {
        code: 'job.report-lost',
        message: 'The job ended before it told what became of this file; the run did not load it.',
      },
    });
  });

  test('of a run that was undone since counts its files as loaded before: nobody loads them again by himself', () => {
    const undone = recordOf([fileOf('a.csv', { status: 'undone' }), fileOf('b.csv', { status: 'empty' })], {
      status: 'undone',
      undoneAt: 3,
    });
    const report = rebuildReport(undone, PLANNED);
    expect(report.status).toBe('succeeded');
    expect(report.files.map(({ status }) => status)).toEqual(['already-loaded', 'empty']);
  });
});
