import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  DatagenError,
  faultProfiles,
  type GenerationOptions,
  generate,
  generateLaterDeliveries,
} from '../src/index.ts';
import { filesBelow } from './naive-evaluator.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const small = { days: 3, rowsPerDay: 200, faults: 'heavy' } as const;

const fingerprints = (folder: string) =>
  filesBelow(folder).map(({ key, bytes, modified }) => ({
    key,
    modified,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));

describe('generate', () => {
  test('same options give the same bytes and modification times wherever they are written', async () => {
    const [one, other] = [newFolder(), newFolder()];

    for (const out of [one, other]) {
      await generate({ ...small, out });
      await generateLaterDeliveries({ ...small, out });
    }

    const digests = (out: string) => fingerprints(out).map(({ key, sha256 }) => [key, sha256]);
    expect(digests(other)).toEqual(digests(one));
    for (const part of ['landing', 'later', 'dimensions']) {
      expect(fingerprints(join(other, part))).toEqual(fingerprints(join(one, part)));
    }
  });

  test('another seed gives other bytes', async () => {
    const [one, other] = [newFolder(), newFolder()];

    await generate({ ...small, out: one, seed: 1 });
    await generate({ ...small, out: other, seed: 2 });

    const digest = (out: string) => JSON.parse(readFileSync(join(out, 'expected.json'), 'utf8')).facts_sha256;
    expect(digest(one)).not.toBe(digest(other));
  });

  test('writes one file a day under its hive folder, and both dimensions', async () => {
    const out = newFolder();

    const report = await generate({ out, days: 2, rowsPerDay: 20, start: '2024-02-29', faults: 'none' });

    const keys = [
      'transactions/year=2024/month=02/day=29/transactions_2024-02-29.csv',
      'transactions/year=2024/month=03/day=01/transactions_2024-03-01.csv',
    ];
    expect(report.files.map(({ key }) => key)).toEqual(keys);
    expect(filesBelow(report.landing).map(({ key }) => key)).toEqual(keys);
    const firstLine = (path: string) => readFileSync(path, 'utf8').split('\n')[0];
    expect(firstLine(join(report.landing, keys[0]!))).toBe(
      'transaction_id,customer_id,product_id,quantity,price,transaction_date,payment_type,status',
    );
    expect(firstLine(join(report.dimensions, 'products.csv'))).toBe(
      'product_id,product_name,category,price,supplier_id',
    );
    expect(firstLine(join(report.dimensions, 'customers.csv'))).toBe(
      'customer_id,first_name,last_name,email,membership_level',
    );
  });

  test('dates a file early on the morning after its day, and corrected and repeated ones later', async () => {
    const faults = { correctedFiles: 1, redeliveredFiles: 1 };

    const { files, landing } = await generate({ out: newFolder(), days: 1, rowsPerDay: 20, faults });

    const [first, ...others] = files;
    expect(first!.modified).toMatch(/^2023-03-16T0[1-5]:\d\d:\d\d\.000Z$/);
    expect(others.map(({ kind }) => kind).sort()).toEqual(['again', 'corrected']);
    for (const { modified } of others) expect(modified > first!.modified).toBe(true);
    for (const { key, modified } of files) expect(statSync(join(landing, key)).mtime.toISOString()).toBe(modified);
  });

  test('without seasonality and faults each file has exactly the wanted number of rows', async () => {
    const { files } = await generate({
      out: newFolder(),
      days: 9,
      rowsPerDay: 123,
      seasonality: false,
      faults: 'none',
    });

    expect(files.map(({ read }) => read)).toEqual(Array(9).fill(123));
  });

  test('tells the progress up to the last row', async () => {
    const seen: number[] = [];
    let expectedRows = 0;

    const { rows } = await generate({
      out: newFolder(),
      onProgress: ({ rowsWritten, rowsExpected }) => {
        seen.push(rowsWritten);
        expectedRows = rowsExpected;
      },
    });

    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(Math.abs(seen.at(-1)! - rows)).toBe(0);
    expect(Math.abs(expectedRows - rows)).toBeLessThan(20);
  });

  test('ends with the reason of the signal and leaves no half written file', async () => {
    const out = newFolder();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));

    const work = generate({ out, rowsPerDay: 100_000, onProgress, signal: controller.signal });

    await expect(work).rejects.toThrow('enough');
    expect(filesBelow(out)).toEqual([]);
  });

  test('writes the same files anew when it is run again', async () => {
    const out = newFolder();
    const first = await generate({ ...small, out });

    const second = await generate({ ...small, out });

    expect(second).toEqual(first);
  });

  test('refuses a landing folder that holds files of somebody else, and changes nothing', async () => {
    const out = newFolder();
    mkdirSync(join(out, 'landing'));
    writeFileSync(join(out, 'landing', 'precious.csv'), 'x');

    const refused = generate({ ...small, out });

    await expect(refused).rejects.toMatchObject({
      code: 'datagen.folder-in-use',
      where: join(out, 'landing', 'precious.csv'),
      remedy: expect.stringContaining('another folder'),
    });
    expect(existsSync(join(out, 'expected.json'))).toBe(false);
  });

  test('explains what the operating system refuses', async () => {
    const out = join(newFolder(), 'file');
    writeFileSync(out, '');

    const refused = generate({ ...small, out });

    await expect(refused).rejects.toMatchObject({ code: 'datagen.cannot-write', where: expect.stringContaining(out) });
  });

  const wrong: [string, unknown, string][] = [
    ['out', '', 'out'],
    ['start', '2023-02-30', 'start'],
    ['start', 'yesterday', 'start'],
    ['days', 0, 'days'],
    ['days', 1.5, 'days'],
    ['rowsPerDay', -1, 'rowsPerDay'],
    ['products', '12', 'products'],
    ['customers', Number.NaN, 'customers'],
    ['seed', 2 ** 32, 'seed'],
    ['seasonality', 'yes', 'seasonality'],
    ['faults', 'chaos', 'faults'],
    ['faults', { crlf: 1 }, 'faults.crlf'],
    ['faults', { crlfFiles: 2 }, 'faults.crlfFiles'],
    ['faults', { quantityZero: 0.6, priceNegative: 0.6 }, 'faults'],
    ['rows', 5, 'rows'],
  ];

  test.each(wrong)('refuses the option %s = %p and says what to do', async (name, value, where) => {
    const options = { out: newFolder(), [name]: value } as GenerationOptions;

    const refused = generate(options);

    await expect(refused).rejects.toBeInstanceOf(DatagenError);
    await expect(refused).rejects.toMatchObject({ code: 'datagen.wrong-option', where });
    await expect(refused).rejects.toThrow(/(Use|Write|Name|Keep) .+\.$/);
  });

  test('takes single knobs, and a profile changed in single knobs', async () => {
    const faults = { ...faultProfiles.heavy, gzipFiles: 0 };

    const { expected } = await generate({ ...small, out: newFolder(), faults });

    expect(expected.options.knobs).toEqual(faults);
    expect(expected.options.faults).toBe('custom');
  });
});

describe('generateLaterDeliveries', () => {
  test('repeats a file byte by byte with its time, and corrects another one under its key', async () => {
    const out = newFolder();
    const { landing } = await generate({ ...small, out });

    const { deliveries, later } = await generateLaterDeliveries({ ...small, out });

    const find = (folder: string, kind: string) =>
      fingerprints(folder).find(({ key }) => key === deliveries.find((delivery) => delivery.kind === kind)!.key)!;
    expect(find(later, 'repeat')).toEqual(find(landing, 'repeat'));
    expect(find(later, 'correction').sha256).not.toBe(find(landing, 'correction').sha256);
    expect(find(later, 'correction').modified).toBeGreaterThan(find(landing, 'correction').modified);
    expect(find(landing, 'late-updates')).toBeUndefined();
    const updates = deliveries.find(({ kind }) => kind === 'late-updates')!.path;
    expect(readFileSync(updates, 'utf8')).toMatch(/2023-03-15,[^,]+,(Refunded|Cancelled)/);
  });

  test('changes the facts, and needs nothing of what was generated before', async () => {
    const out = newFolder();
    const { expected } = await generate({ ...small, out });

    const alone = await generateLaterDeliveries({ ...small, out: newFolder() });
    const after = await generateLaterDeliveries({ ...small, out });

    expect(after.expected).toEqual(alone.expected);
    expect(after.expected.facts_sha256).not.toBe(expected.facts_sha256);
    expect(after.expected.by_status.Refunded).toBeGreaterThan(expected.by_status.Refunded ?? 0);
  });

  test('has no repeat where there is only one day', async () => {
    const { deliveries } = await generateLaterDeliveries({ ...small, days: 1, out: newFolder() });

    expect(deliveries.map(({ kind }) => kind)).toEqual(['late-updates', 'correction']);
  });
});
