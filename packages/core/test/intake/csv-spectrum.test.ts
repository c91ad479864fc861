import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { bytesOf, readCsv } from '../support/read-csv.ts';
import { describeShared, sharedPath } from '../support/shared-data.ts';

describeShared('csv-spectrum', 'csv-spectrum', () => {
  const names = () => readdirSync(sharedPath('csv-spectrum/csvs')).map((name) => name.replace(/\.csv$/, ''));

  test('has 12 files', () => {
    expect(names()).toHaveLength(12);
  });

  test('is read as its authors say, but for one file with a quote inside an unquoted value: row-quoting', () => {
    const results = names().map((name) => {
      const rows = JSON.parse(readFileSync(sharedPath(`csv-spectrum/json/${name}.json`), 'utf8')) as unknown;
      const expected = (Array.isArray(rows) ? rows : [rows]) as Record<string, string>[];
      const columns = Object.keys(expected[0]!);
      const csv = readFileSync(sharedPath(`csv-spectrum/csvs/${name}.csv`));
      const { records } = readCsv(bytesOf(csv), { columns: columns.map((column) => column.toLowerCase()) });
      const read = records.map(({ values, faults }) =>
        values === undefined ? faults : Object.fromEntries(columns.map((column, i) => [column, values[i]])),
      );
      return { name, read, expected };
    });
    // Its JSON could not be met anyway: it names another telephone number than its CSV.
    const stray = results.find(({ name }) => name === 'location_coordinates');
    expect(stray?.read).toEqual([['row-quoting']]);
    const others = results.filter((result) => result !== stray);
    expect(others).toHaveLength(11);
    for (const { name, read, expected } of others) expect({ name, read }).toEqual({ name, read: expected });
  });
});
