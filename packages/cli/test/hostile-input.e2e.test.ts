import { readdir, readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeStagedLines } from '@weir/core';
import { CUSTOMERS, HEADER, PRODUCTS } from './support/csv.ts';
import { gzipBomb, writeWithHole } from './support/hostile-files.ts';
import { runMeasured } from './support/peak-memory.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const GOOD = (id: string) => `${id},C1,P1,2,4.50,2023-03-15,Cash,Completed\n`;
const START = `${HEADER}\n${GOOD('first')}`;
const END = GOOD('last');
/** Two threads, two dimensions and what Node itself takes; every file here holds more than that, or would. */
const MOST_MEGABYTES = 320;

// A gigabyte takes its time on a machine that does other things too.
jest.setTimeout(180_000);

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
});
afterAll(() => folder.remove());

/** With two threads wherever it runs: each has memory of its own. */
const run = (name: string, ...more: string[]) => {
  const dimensions = ['--products', 'products.csv', '--customers', 'customers.csv'];
  return runMeasured(['transform', name, ...dimensions, '--threads', '2', ...more], { cwd: folder.path });
};

/** Transforms a file in bounded memory and tells what became of it. */
async function transform(name: string) {
  const ended = await run(name, '--json', '--out', `out-${name}`);
  const { size } = await stat(folder.in(name));
  process.stderr.write(`${name}: ${(size / 1e6).toFixed(1)} MB, peak ${ended.peak?.toFixed(0) ?? 'unknown'} MB\n`);
  if (ended.peak !== undefined) expect(ended.peak).toBeLessThan(MOST_MEGABYTES);
  return { code: ended.code, document: ended.json() };
}

async function acceptedIds(name: string): Promise<(string | undefined)[]> {
  return decodeStagedLines(await readFile(folder.in(`out-${name}`, 'rows.tsv'))).map(([, , id]) => id);
}

describe('a file that is made to be too much is read in bounded memory, and costs its bad records only', () => {
  it.each([
    ['a line of 1 GiB in 1 MB of gzip data', 'line.csv.gz', () => gzipBomb(START, 'x', 1024, `\n${END}`)],
    ['a quoted value of 256 MiB', 'quoted.csv.gz', () => gzipBomb(`${START}"`, 'x', 256, `"\n${END}`)],
    ['a million quotes in a line', 'quotes.csv', () => `${START}${'"'.repeat(1_000_000)}\n${END}`],
    ['a record of a million columns', 'wide.csv', () => `${START}${','.repeat(999_999)}\n${END}`],
  ])('%s', async (_, name, content) => {
    await folder.write(name, content());
    expect(await transform(name)).toMatchObject({ code: 0, document: { read: 3, accepted: 2, rejected: 1 } });
    expect(await acceptedIds(name)).toEqual(['first', 'last']);
  });

  it('a line of 256 MiB of NUL bytes', async () => {
    await writeWithHole(folder.in('hole.csv'), START, 256, `\n${END}`);
    const { code, document } = await transform('hole.csv');
    expect({ code, ...document }).toMatchObject({
      code: 0,
      read: 3,
      accepted: 2,
      rejectsByCode: { 'row-too-long': 1 },
    });
    expect(await acceptedIds('hole.csv')).toEqual(['first', 'last']);
  });

  it('a million quotes that open a value and close none, each on a line', async () => {
    await folder.write('open.csv', `${START}${'x,"y\n'.repeat(1_000_000)}${END}`);
    const { document } = await transform('open.csv');
    expect(document).toMatchObject({ read: 1_000_002, accepted: 2, rejectsByCode: { 'row-quoting': 1_000_000 } });
    expect(await acceptedIds('open.csv')).toEqual(['first', 'last']);
  });

  it('a header of a hundred thousand columns, and a row under it', async () => {
    const more = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
    await folder.write('columns.csv', `${HEADER},${more.join(',')}\n${END.trimEnd()}${','.repeat(100_000)}\n${END}`);
    const { document } = await transform('columns.csv');
    expect(document).toMatchObject({ read: 2, accepted: 1, rejectsByCode: { 'row-field-count': 1 } });
    const { stdout } = await run('columns.csv', '--out', 'out-for-people');
    expect(stdout).toContain('"c19" and 99,980 more');
    expect(stdout.length).toBeLessThan(2000);
  });
});

describe('a file that cannot be read is refused in bounded memory, and nothing of it is written', () => {
  it.each([
    ['32 GiB without a line end in gzip data', 'bomb.csv.gz', () => gzipBomb('', '\0', 32 * 1024, '')],
    ['gzip data that is cut off', 'cut.csv.gz', () => gzipBomb(START, END, 32, END).subarray(0, -9)],
    [
      'gzip data behind which rows stand as they are',
      'tail.csv.gz',
      () => Buffer.concat([gzipBomb(START, END, 0, ''), Buffer.from(END)]),
    ],
    ['gzip data in gzip data', 'twice.csv.gz', () => gzipSync(gzipSync(START))],
    ['a header of a million columns', 'million.csv', () => `${HEADER}${',c'.repeat(1_000_000)}\n${END}`],
  ])('%s', async (_, name, content) => {
    await folder.write(name, content());
    expect(await transform(name)).toMatchObject({ code: 3, document: { error: { code: 'file-not-text' } } });
    expect(await readdir(folder.in(`out-${name}`)).catch(() => [])).toEqual([]);
  });
});
