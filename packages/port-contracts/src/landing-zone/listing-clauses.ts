import assert from 'node:assert/strict';
import type { Check } from '../contract.ts';
import type { LandingZoneSubject } from '../landing-zone-subject.ts';
import { listAll, listKeys, read } from './read-landing.ts';

const MANY_FILES = 2345;

/** Which files there are. */
export const LISTING_CLAUSES: Readonly<Record<string, Check<LandingZoneSubject>>> = {
  'says where it is': async ({ landing }) => {
    assert.ok(landing.location.length > 0);
  },

  'lists nothing where nothing was landed': async ({ landing }) => {
    assert.deepEqual(await listAll(landing), []);
  },

  'lists key, size in bytes and time in whole milliseconds of a file': async ({ landing, put }) => {
    const key = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';
    const modifiedAt = await put(key, 'é\n', Date.UTC(2023, 2, 15, 6, 30, 15, 123));
    const [file] = await listAll(landing);
    assert.deepEqual({ ...file, version: '' }, { key, size: 3, modifiedAt, version: '' });
    assert.ok(Number.isSafeInteger(file!.modifiedAt));
  },

  'tells times apart that differ by a millisecond': async ({ landing, put }) => {
    const wishes = Array.from({ length: 20 }, (_, i) => Date.UTC(2023, 2, 15, 6, 30, 15, 110 + i));
    const granted: number[] = [];
    for (const [i, wish] of wishes.entries()) granted.push(await put(`${String(i).padStart(2, '0')}.csv`, 'x', wish));
    assert.deepEqual(
      (await listAll(landing)).map(({ modifiedAt }) => modifiedAt),
      granted,
    );
  },

  'lists in the byte order of the whole keys, over folders and pages': async ({ landing, put }) => {
    const keys = [
      ...['!.csv', 'A.csv', 'Z/a.csv', 'a b.csv', 'a-b.csv', 'a.csv', 'a/B.csv', 'a/a/z.csv', 'a/a0.csv', 'a/b.csv'],
      ...['a0.csv', 'a=1/x.csv', 'aa.csv', 'b', 'é.csv', '日.csv', '\uff5e/x.csv', '\uff5e0.csv', '\u{1f600}.csv'],
    ];
    for (const key of keys.toReversed()) await put(key, key);
    assert.deepEqual(await listKeys(landing), keys);
  },

  'lists every file of many once': async ({ landing, put }) => {
    const keys = Array.from({ length: MANY_FILES }, (_, i) => `day=${String(i % 7)}/${String(i).padStart(5, '0')}.csv`);
    for (const key of keys) await put(key, '');
    assert.deepEqual(await listKeys(landing), keys.toSorted());
  },

  'leaves out hidden and unfinished files and what lies in hidden folders': async ({ landing, put }) => {
    const hidden = ['.a.csv', '_a.csv', 'x/.a.csv', 'x/_SUCCESS', '.x/a.csv', '_temporary/0/a.csv', 'x/.y/z/a.csv'];
    const unfinished = ['a.csv.tmp', 'a.csv.part', 'x/a.csv.crdownload'];
    for (const key of [...hidden, ...unfinished]) await put(key, 'x');
    const shown = ['a_.csv', 'a.tmp.csv', 'part', 'x_/a..csv'];
    for (const key of shown) await put(key, 'x');
    assert.deepEqual(await listKeys(landing), shown.toSorted());
  },

  'takes any ordinary character in a key': async ({ landing, put }) => {
    const keys = ["a b+c%20d&e=f,g;h@i$j~k!l(m)n'o[p]{q}^r`s#t.csv", "x=1/y%2Fz/O'Brien é 日本 \u{1f600}.csv"];
    for (const key of keys) await put(key, `content of ${key}`);
    const files = await listAll(landing);
    assert.deepEqual(files.map(({ key }) => key).toSorted(), keys.toSorted());
    for (const file of files) assert.equal((await read(landing, file)).bytes.toString(), `content of ${file.key}`);
    for (const file of files) assert.deepEqual(await landing.find(file.key), file);
  },

  'lists the same version again while nothing changes': async ({ landing, put }) => {
    await put('a.csv', 'x');
    await put('x/b.csv', 'y');
    const first = await listAll(landing);
    for (const file of first) await read(landing, file);
    assert.deepEqual(await listAll(landing), first);
  },
};
