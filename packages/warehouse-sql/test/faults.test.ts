import { describe, expect, test } from '@jest/globals';
import { requireCounts, requireSchemaNotNewer, requireSchemaVersion, SCHEMA_VERSION } from '../src/index.ts';

const SETTING = { location: 'shop at db:5432', init: 'weir init' };

describe('tables', () => {
  test('of the version of the program are taken', () => {
    expect(() => requireSchemaVersion(SCHEMA_VERSION, SETTING)).not.toThrow();
    expect(() => requireSchemaNotNewer(0, SETTING)).not.toThrow();
  });

  test.each([
    [0, 'warehouse.not-initialised', 'are missing', 'Create them: weir init.'],
    [SCHEMA_VERSION - 1, 'warehouse.schema-too-old', `older than the ${SCHEMA_VERSION}`, 'Upgrade them: weir init.'],
    [
      SCHEMA_VERSION + 1,
      'warehouse.schema-too-new',
      `newer than the ${SCHEMA_VERSION}`,
      'Use a newer release of Weir.',
    ],
  ])('of version %i are refused as %s', (version, code, what, remedy) => {
    expect(() => requireSchemaVersion(version, SETTING)).toThrow(
      expect.objectContaining({
        code,
        remedy,
        message: expect.stringContaining(what),
        context: { location: SETTING.location, version, expected: SCHEMA_VERSION },
      }),
    );
  });
});

describe('counts of a stage', () => {
  test('that agree with what was read let a run be committed', () => expect(() => requireCounts([])).not.toThrow());

  test('that do not agree end it, and the first delivery is named with its counts', () => {
    const row = { source_key: 'a.csv', rows_read: '5', rejected: '1', staged_rows: '3', staged_rejects: '1' };
    expect(() => requireCounts([row, { ...row, source_key: 'b.csv' }])).toThrow(
      expect.objectContaining({
        code: 'warehouse.count-mismatch',
        context: { key: 'a.csv', files: 2, read: 5, rejected: 1, stagedRows: 3, stagedRejects: 1 },
      }),
    );
  });
});
