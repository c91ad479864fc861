import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { type Dialect, dismissRejects, planCommit, selectFiles, selectRejects, selectRuns } from '../src/index.ts';

const DIALECTS: readonly Dialect[] = ['postgres', 'redshift'];

describe.each(DIALECTS)('statements for %s', (dialect) => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('take no page of %d entries', (limit) => {
    for (const select of [selectRuns, selectFiles, selectRejects]) {
      expect(() => select({ limit }, dialect)).toThrow(RangeError);
    }
  });

  test('take no text with a NUL character, which no database can keep', () => {
    expect(() => dismissRejects({ file: 'a\0.csv' }, dialect)).toThrow(RangeError);
  });

  test('record as many whole warnings of a run as their column takes', () => {
    const warnings = Array.from({ length: 100 }, (_, i) => `${i} ${'x'.repeat(3000)}`);
    const run = {
      runId: 'run-1',
      startedAt: 0,
      committedAt: 1,
      policy: parsePolicy(),
      policyHash: 'sha256:p',
      warnings,
    };
    const { record } = planCommit(run, dialect);
    const values = record.flatMap(({ parameters }) => parameters.map(({ value }) => String(value)));
    const kept = JSON.parse(values.find((value) => value.startsWith('["0 x'))!);
    expect(kept.length).toBeGreaterThan(1);
    expect(kept).toEqual(warnings.slice(0, kept.length));
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(65_536);
  });
});
