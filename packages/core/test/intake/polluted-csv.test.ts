import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCsv } from '../support/read-csv.ts';
import { describeShared, withUnpacked } from '../support/shared-data.ts';

const COLUMNS = ['date', 'time', 'qty', 'productid', 'price', 'producttype', 'productdescription', 'url', 'comments'];
const OPTIONS = { columns: COLUMNS, maxRecordBytes: 1024 * 1024 };

/** No snapshot: an unused one would fail the run where the data is missing and the test is skipped. */
const RESULT = [
  'file_double_trailing_newline.csv: read 83, good 83 of 83',
  'file_escape_char_0x00.csv: read 83, good 77 of 83 6 row-quoting',
  'file_escape_char_0x5C.csv: read 83, good 77 of 83 6 row-quoting',
  'file_field_delimiter_0x20.csv: header-missing-column',
  'file_field_delimiter_0x2C_0x20.csv: read 83, good 83 of 83',
  'file_field_delimiter_0x3B.csv: header-missing-column',
  'file_field_delimiter_0x9.csv: header-missing-column',
  'file_header_multirow_2.csv: read 84, good 83 of 83',
  'file_header_multirow_3.csv: read 85, good 83 of 83',
  'file_header_only.csv: read 0, good 0 of 0',
  'file_multitable_less.csv: read 166, good 83 of 83 82 row-field-count, 1 row-quoting',
  'file_multitable_more.csv: read 166, good 83 of 83 82 row-field-count, 1 row-quoting',
  'file_multitable_same.csv: read 166, good 83 of 83 1 row-quoting',
  'file_no_header.csv: header-missing-column',
  'file_no_payload.csv: read 0, good 0 of 0',
  'file_no_trailing_newline.csv: read 83, good 83 of 83',
  'file_one_data_row.csv: read 1, good 1 of 1',
  'file_preamble.csv: header-missing-column',
  'file_quotation_char_0x27.csv: header-missing-column',
  'file_record_delimiter_0xA.csv: read 83, good 83 of 83',
  'file_record_delimiter_0xD.csv: read 83, good 83 of 83',
  'source.csv: read 83, good 83 of 83',
];

describeShared('polluted-csv.tar.xz', 'the polluted files of Pollock', () => {
  test('lose no good record where the header is sound, and are refused where it is not', async () => {
    const table = await withUnpacked('polluted-csv.tar.xz', (folder) => {
      const files = join(folder, 'polluted-csv/polluted_files');
      return readdirSync(join(files, 'csv')).map((name) => {
        const { refusal, records } = readCsv(readFileSync(join(files, 'csv', name)), OPTIONS);
        const good = new Set(records.map(({ values }) => JSON.stringify(values)));
        const clean = readCsv(readFileSync(join(files, 'clean', name)), OPTIONS);
        // The clean form of some files has another header than ours; their records are those of the source.
        const { records: wanted } =
          clean.refusal === undefined ? clean : readCsv(readFileSync(join(files, 'clean/source.csv')), OPTIONS);
        const kept = wanted.filter(({ values }) => good.has(JSON.stringify(values))).length;
        const faults = [
          ...Map.groupBy(
            records.flatMap((record) => record.faults),
            (code) => code,
          ),
        ];
        const told = faults.map(([code, all]) => `${all.length} ${code}`).join(', ');
        return `${name}: ${refusal?.code ?? `read ${records.length}, good ${kept} of ${wanted.length}`} ${told}`.trim();
      });
    });
    expect(table).toEqual(RESULT);
  });
});
