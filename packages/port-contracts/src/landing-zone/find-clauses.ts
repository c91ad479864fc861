import assert from 'node:assert/strict';
import type { Check } from '../contract.ts';
import type { LandingZoneSubject } from '../landing-zone-subject.ts';
import { listAll } from './read-landing.ts';

/** One file, asked for by name. */
export const FIND_CLAUSES: Readonly<Record<string, Check<LandingZoneSubject>>> = {
  'finds a file as it is listed, with its version or without': async ({ landing, put }) => {
    for (const key of ['a.csv', 'x/a.csv', 'x/a.csv.gz']) await put(key, key);
    for (const file of await listAll(landing)) {
      assert.deepEqual(await landing.find(file.key), file);
      assert.deepEqual(await landing.find(file.key, file.version), file);
    }
  },

  'finds the newest version, and an older one where it keeps them': async ({ landing, put, takeVersion }) => {
    await put('a.csv', 'one');
    const older = await landing.find('a.csv');
    await put('a.csv', 'longer');
    const newest = await landing.find('a.csv');
    assert.deepEqual([older!.size, newest!.size], [3, 6]);
    assert.deepEqual(await landing.find('a.csv', newest!.version), newest);
    assert.deepEqual(await landing.find('a.csv', older!.version), takeVersion === undefined ? undefined : older);
  },

  'finds no file that is not there, or that it does not list': async ({ landing, put, remove }) => {
    for (const key of ['x/a.csv', 'b.csv', '.a.csv', 'x/_SUCCESS', 'a.csv.tmp']) await put(key, key);
    const removed = await landing.find('b.csv');
    await remove('b.csv');
    for (const key of ['b.csv', '.a.csv', 'x/_SUCCESS', 'a.csv.tmp', 'x', 'x/', 'x/a', 'x/a.csv.gz', 'a.csv', '']) {
      assert.equal(await landing.find(key), undefined, `found ${key}`);
    }
    assert.equal(await landing.find('b.csv', removed!.version), undefined);
    assert.equal(await landing.find('x/a.csv', removed!.version), undefined);
    assert.equal(await landing.find('x/a.csv', 'no version of anything'), undefined);
  },
};
