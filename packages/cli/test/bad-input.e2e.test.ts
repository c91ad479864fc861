import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { CUSTOMERS, dayFile, HEADER, PRODUCTS, transactions } from './support/csv.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

let database: EndToEndDatabase;
let folder: TemporaryFolder;
let places: string[];

beforeAll(async () => {
  database = await openEndToEndDatabase();
  folder = await openTemporaryFolder();
  await folder.write('products.csv', PRODUCTS);
  await folder.write('customers.csv', CUSTOMERS);
  expect(await weir('init')).toMatchObject({ code: 0 });
  const load = await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
  expect(load).toMatchObject({ code: 0 });
});
beforeEach(async () => {
  await folder.remove();
  folder = await openTemporaryFolder();
  places = ['--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine'];
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const setting = () => ({ cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
const weir = (...args: string[]) => runCommand(args, setting());
const land = (name: string, content: string | Uint8Array) => folder.write(`landing/${dayFile(name)}`, content);

async function lies(): Promise<Record<string, string[]>> {
  const [landing, archive, quarantine] = await Promise.all(
    ['landing', 'archive', 'quarantine'].map((name) => folder.files(name)),
  );
  return { landing: landing!, archive: archive!, quarantine: quarantine! };
}

describe('a file that is not ours is refused, ends with 3 and is kept in the quarantine, while the others are loaded', () => {
  it.each([
    ['a missing column', 'missing', HEADER.replace(',price', ''), 'header-missing-column'],
    ['a column given twice', 'double', `${HEADER},price\n`, 'header-duplicate-column'],
    ['a binary file', 'binary', Buffer.from('\x7fELF\0\0\0\x02\0\0\n'.repeat(500), 'latin1'), 'file-not-text'],
    ['gzip data that is damaged', 'damaged', 'this is not gzip', 'file-not-text'],
  ])('%s', async (_, name, content, code) => {
    const file = name === 'damaged' ? `${name}.csv.gz` : `${name}.csv`;
    await land(file, content);
    await land(`beside-${name}.csv`, transactions(name, 3));
    const ended = await weir('ingest', ...places, '--json');
    expect(ended.code).toBe(3);
    const report = ended.json();
    expect(report).toMatchObject({
      status: 'succeeded-with-rejects',
      archived: 1,
      quarantined: 1,
      totals: { read: 3 },
    });
    expect(report.files.find((it: { key: string }) => it.key === dayFile(file))).toMatchObject({
      status: 'refused',
      read: 0,
      problem: { code },
      takenTo: 'quarantine',
    });
    expect(await lies()).toEqual({
      landing: [],
      archive: [dayFile(`beside-${name}.csv`)],
      quarantine: [dayFile(file)],
    });
  });

  it('stays in the landing folder where there is no quarantine, and the reason is told', async () => {
    await land('stays.csv', 'a,b\n1,2\n');
    const ended = await weir('ingest', '--landing', 'landing');
    expect(ended.code).toBe(3);
    expect(ended.stdout).toMatch(/1 file refused: no row was loaded\n.*stays\.csv\n {4}header-missing-column: /);
    expect((await lies()).landing).toEqual([dayFile('stays.csv')]);
  });
});

it.each([
  ['an empty file', 'empty', ''],
  ['a file with only a header', 'header-only', `${HEADER}\n`],
])('%s is recorded and archived, and ends with 0', async (_, name, content) => {
  await land(`${name}.csv`, content);
  const ended = await weir('ingest', ...places, '--json');
  expect(ended.code).toBe(0);
  expect(ended.json()).toMatchObject({ status: 'succeeded', archived: 1, files: [{ status: 'empty', read: 0 }] });
  expect((await lies()).archive).toEqual([dayFile(`${name}.csv`)]);
});

it('a line of 100 MB costs that one record', async () => {
  const [header, ...rows] = transactions('long', 2).trimEnd().split('\n');
  const long = Buffer.alloc(100_000_000, 'x');
  await land('long.csv', Buffer.concat([Buffer.from(`${header}\n${rows[0]}\n`), long, Buffer.from(`\n${rows[1]}\n`)]));
  const ended = await weir('ingest', ...places, '--json');
  expect(ended.code).toBe(0);
  expect(ended.json().files).toMatchObject([
    { read: 3, inserted: 2, rejected: 1, rejectsByCode: { 'row-too-long': 1 } },
  ]);
  expect((await lies()).archive).toEqual([dayFile('long.csv')]);
});

it('a rejected row ends with 3 only where --fail-on-rejects asks for it', async () => {
  const bad = (id: string) => `${HEADER}\n${id},C1,P1,0,4.50,2023-03-15,Cash,Completed\n`;
  await land('tolerated.csv', bad('r1'));
  expect(await weir('ingest', '--landing', 'landing')).toMatchObject({ code: 0 });
  await land('counted.csv', bad('r2'));
  const ended = await weir('ingest', '--landing', 'landing', '--fail-on-rejects');
  expect(ended.code).toBe(3);
  expect(ended.stdout).toContain('1  quantity-not-positive');
});

it('a landing folder that does not exist ends with 1 and is named', async () => {
  const ended = await weir('ingest', '--landing', 'nowhere', '--json');
  expect(ended.code).toBe(1);
  expect(ended.json().error).toMatchObject({ code: 'landing.not-found' });
  expect(ended.stderr).toContain(folder.in('nowhere'));
});

it('an empty landing folder is nothing to do', async () => {
  await folder.write('landing/.keep', '');
  const ended = await weir('ingest', '--landing', 'landing');
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.stdout).toContain('Nothing to do');
});

it('a file that was processed before is nothing new, and is archived all the same', async () => {
  await land('again.csv', transactions('again', 2));
  await weir('ingest', '--landing', 'landing');
  const ended = await weir('ingest', ...places);
  expect(ended.code).toBe(0);
  expect(ended.stdout).toContain('Nothing new: 1 file landed, and all were processed before.');
  expect(await lies()).toEqual({ landing: [], archive: [dayFile('again.csv')], quarantine: [] });
});

it('a file that cannot be read fails alone, ends with 1 and stays for the next run', async () => {
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;
  await land('locked.csv', transactions('locked', 1));
  await land('open.csv', transactions('open', 1));
  await chmod(folder.in('landing', dayFile('locked.csv')), 0o000);
  const ended = await runCommand(['ingest', '--landing', 'landing', '--json'], {
    ...setting(),
    ...(uid === undefined ? {} : { uid }),
  });
  expect(ended.code).toBe(1);
  expect(ended.json()).toMatchObject({
    status: 'failed',
    files: [
      { key: dayFile('locked.csv'), status: 'failed', problem: { code: 'landing.unreadable' } },
      { key: dayFile('open.csv'), status: 'loaded', inserted: 1 },
    ],
  });
  await chmod(folder.in('landing', dayFile('locked.csv')), 0o644);
  const again = await weir('ingest', '--landing', 'landing', '--json');
  expect(again.code).toBe(0);
  expect(again.json().files).toMatchObject([{ status: 'loaded', inserted: 1 }, { status: 'already-loaded' }]);
});

it('an archive that cannot be written ends with 1: the rows are in, the file stays, the next run moves it', async () => {
  await land('kept.csv', transactions('kept', 2));
  await folder.write('archive', 'a file where a folder should be');
  const ended = await weir('ingest', ...places, '--json');
  expect(ended.code).toBe(1);
  expect(ended.json()).toMatchObject({
    archived: 0,
    files: [{ status: 'loaded', inserted: 2, takenTo: null }],
    notMoved: [{ key: dayFile('kept.csv'), problem: { code: 'archive.write-failed' } }],
  });
  expect(ended.stderr).toContain('error: 1 file could not be moved.');
  expect((await lies()).landing).toEqual([dayFile('kept.csv')]);
  const again = await weir('ingest', '--landing', 'landing', '--archive', 'archive2', '--json');
  expect(again).toMatchObject({ code: 0 });
  expect(again.json()).toMatchObject({ archived: 1, files: [{ status: 'already-loaded', inserted: 0 }] });
});

describe('dimensions', () => {
  it('with bad rows change nothing, end with 1 and tell line, column and code of each', async () => {
    const bad = `${PRODUCTS}P2,,Kitchen,cheap,S1\n,Jug,Kitchen,1.00,S1\n`;
    await folder.write('products.csv', bad);
    await folder.write('customers.csv', `${CUSTOMERS}C9,Eve,Doe,eve@example.org,Gold\n`);
    const ended = await weir('dimensions', 'load', '--products', 'products.csv', '--customers', 'customers.csv');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('line 3, price: price-not-a-decimal');
    expect(ended.stderr).toContain('line 4, product_id: product-id-blank');
    expect(ended.stderr).toContain('Nothing was changed');
    await land('c9.csv', transactions('c9', 1).replace('C1', 'C9'));
    const after = await weir('ingest', '--landing', 'landing', '--json');
    expect(after.json().files).toMatchObject([{ rejectsByCode: { 'customer-unknown': 1 } }]);
  });

  it.each([
    ['a file that is not there', 'nowhere.csv', 'dimensions.unreadable', 'there is no such file'],
    ['a folder', '.', 'dimensions.unreadable', 'it is a folder'],
    ['an empty file', 'empty.csv', 'dimensions.refused', 'holds no rows'],
    ['a missing column', 'wrong.csv', 'dimensions.refused', 'header-missing-column'],
    ['a binary file', 'binary.csv', 'dimensions.refused', 'file-not-text'],
  ])('%s ends with 1', async (_, name, code, message) => {
    await folder.write('empty.csv', '');
    await folder.write('wrong.csv', 'product_id,name\n1,2\n');
    await folder.write('binary.csv', Buffer.alloc(5000));
    const ended = await weir('dimensions', 'load', '--products', name, '--json');
    expect(ended.code).toBe(1);
    expect(ended.json().error).toMatchObject({ code });
    expect(ended.stderr).toContain(message);
  });
});

describe('runs', () => {
  it('are listed newest first and shown by a part of their id', async () => {
    await land('listed.csv', transactions('listed', 2));
    const { runId } = (await weir('ingest', '--landing', 'landing', '--json')).json();
    const listed = await weir('runs', '--limit', '1', '--json');
    expect(listed.json().runs).toMatchObject([{ runId, status: 'succeeded', files: 1, totals: { inserted: 2 } }]);
    const shown = await weir('runs', 'show', runId.slice(0, -1));
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain(`Run ${runId} succeeded`);
    expect(shown.stdout).toMatch(/listed\.csv +loaded +2 +2 +0/);
  });

  it('of an unknown id end with 1 and say how to list them', async () => {
    const ended = await weir('runs', 'show', 'nope', '--json');
    expect(ended.code).toBe(1);
    expect(ended.json().error).toMatchObject({ code: 'runs.unknown', remedy: 'List the runs with weir runs.' });
  });
});
