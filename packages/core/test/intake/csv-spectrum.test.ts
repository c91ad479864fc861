import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readCsv } from '../support/read-csv.ts';
import { describeShared, sharedPath } from '../support/shared-data.ts';

describeShared('csv-spectrum', 'csv-spectrum', () => {
  const names = () => readdirSync(sharedPath('csv-spectrum/csvs')).map((name) => name.replace(/\.csv$/, ''));

  test('has 12 files', () => {
    expect(names()).toHaveLength(12);
  });

  test('is read as its authors say, but for one file that no reader can read so: 11 of 12', () => {
    const read = names().map((name) => ({ name, ...readSpectrum(name) }));
    const others = read.filter(({ name }) => name !== 'location_coordinates');
    for (const { name, records, expected } of others) expect({ name, records }).toEqual({ name, records: expected });
    process.stderr.write(`csv-spectrum: ${others.length} of ${read.length} as their JSON says\n`);
    expect(others).toHaveLength(11);
  });

  /** Quotes stand inside its unquoted values, which RFC 4180 does not allow; and its JSON names another telephone number. */
  test('has one file that is row-quoting, and with its quotes doubled is read as it stands', () => {
    const { records, expected, csv } = readSpectrum('location_coordinates');
    expect(records).toEqual([['row-quoting']]);
    const mended = csv.replace(/[^,\n]*"[^,\n]*/g, (value) => `"${value.replaceAll('"', '""')}"`);
    expect(readSpectrum('location_coordinates', mended).records).toEqual([
      { ...expected[0], 'Contact Phone Number': '2095257564' },
    ]);
    expect(expected[0]!['Contact Phone Number']).toBe('1234567890');
  });
});

function readSpectrum(name: string, csv = readFileSync(sharedPath(`csv-spectrum/csvs/${name}.csv`), 'utf8')) {
  const rows = JSON.parse(readFileSync(sharedPath(`csv-spectrum/json/${name}.json`), 'utf8')) as unknown;
  const expected = (Array.isArray(rows) ? rows : [rows]) as Record<string, string>[];
  const columns = Object.keys(expected[0]!);
  const { records } = readCsv(csv, { columns: columns.map((column) => column.toLowerCase()) });
  const read = records.map(({ values, faults }) =>
    values === undefined ? faults : Object.fromEntries(columns.map((column, i) => [column, values[i]])),
  );
  return { csv, records: read, expected };
}
