// Run with `node --test 'benchmarks/**/*.test.ts'`.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { digestOutput } from './digest-output.ts';

const ROWS = 'a,"x, ""y""",1\nb,,2\n';
const REJECTS = ',c,p," two",1,2023-01-01,Cash,Lost,status-unknown;quantity-not-an-integer;\n';

function digest(format: 'csv' | 'staged', files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'weir-digest-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return digestOutput(folder, format);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the order of records, the quoting and the split into files do not matter', () => {
  const whole = digest('csv', { 'rows.csv': ROWS, 'rejects.csv': REJECTS });

  const parts = { 'rows/part-0': '"b","","2"\n', 'rows/part-1': 'a,"x, ""y""",1\n', 'rows/_SUCCESS': 'no data' };
  assert.deepEqual(digest('csv', { ...parts, 'rejects.csv': REJECTS }), whole);
});

test('staged text is the same as CSV, but for the number of the file and the line', () => {
  const faults = '[{"code":"quantity-not-an-integer"},{"code":"status-unknown"}]';

  assert.deepEqual(
    digest('staged', {
      'rows.tsv': '0\t7\ta\tx, "y"\t1\n0\t8\tb\t\t2\n',
      'rejects.tsv': `0\t9\t,c,p," two",1,2023-01-01,Cash,Lost\ttext\t0\t${faults}\n`,
    }),
    digest('csv', { 'rows.csv': ROWS, 'rejects.csv': REJECTS }),
  );
});

for (const [what, files] of [
  ['a value', { 'rows.csv': ROWS.replace('2', '3'), 'rejects.csv': REJECTS }],
  ['values that changed places', { 'rows.csv': 'a,1,"x, ""y"""\nb,,2\n', 'rejects.csv': REJECTS }],
  ['a row twice', { 'rows.csv': `${ROWS}b,,2\n`, 'rejects.csv': REJECTS }],
  ['a code that is missing', { 'rows.csv': ROWS, 'rejects.csv': REJECTS.replace('status-unknown;', '') }],
] as const) {
  test(`${what} makes another digest`, () => {
    assert.notDeepEqual(digest('csv', files), digest('csv', { 'rows.csv': ROWS, 'rejects.csv': REJECTS }));
  });
}

test('a file that ends within a record is refused', () => {
  assert.throws(() => digest('csv', { 'rows.csv': 'a,b', 'rejects.csv': REJECTS }), /ends within a record/);
});
