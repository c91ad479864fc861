import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCsv } from '../support/read-csv.ts';
import { describeShared, withUnpacked } from '../support/shared-data.ts';

const COLUMNS = ['date', 'time', 'qty', 'productid', 'price', 'producttype', 'productdescription', 'url', 'comments'];
const OPTIONS = { columns: COLUMNS, maxRecordBytes: 1024 * 1024 };

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
    // The table is the result: any change of it is to be looked at.
    expect(`\n${table.join('\n')}\n`).toMatchSnapshot();
  });
});
