import assert from 'node:assert/strict';
import { assertPortError } from '../assert-port-error.ts';
import type { Check } from '../contract.ts';
import type { LandingZoneSubject } from '../landing-zone-subject.ts';
import { listAll, read } from './read-landing.ts';

/** Uploads under one key, and which of them is read. */
export const VERSION_CLAUSES: Readonly<Record<string, Check<LandingZoneSubject>>> = {
  'gives every upload under a key another version': async ({ landing, put }) => {
    const versions = new Set<string>();
    for (const content of ['one', 'two', 'more', '']) {
      await put('a.csv', content);
      versions.add((await landing.find('a.csv'))!.version);
    }
    assert.equal(versions.size, 4);
  },

  'does not read another version than the one that was listed': async ({ landing, put, takeVersion }) => {
    for (const [i, [before, after]] of [
      ['one', 'two'],
      ['one', 'one and more'],
      ['one', ''],
    ].entries()) {
      await put(`${i}.csv`, before!);
      const file = await landing.find(`${i}.csv`);
      await put(`${i}.csv`, after!);
      if (takeVersion === undefined) {
        const error = await assertPortError(() => read(landing, file!), 'landing.changed');
        assert.equal(error.retryable, true);
      } else {
        assert.equal((await read(landing, file!)).bytes.toString(), before);
        await takeVersion(file!);
        await assertPortError(() => read(landing, file!), 'landing.not-found');
      }
      const next = await landing.find(`${i}.csv`);
      assert.equal((await read(landing, next!)).bytes.toString(), after);
    }
  },

  'lists the versions of a key one after the other, the oldest first, where it keeps them': async (subject) => {
    const { landing, put, takeVersion } = subject;
    const contents = ['one', 'two', 'three'];
    for (const content of contents) await put('a.csv', content);
    await put('b.csv', 'x');
    const seen: string[] = [];
    for (let files = await listAll(landing); files[0]?.key === 'a.csv'; files = await listAll(landing)) {
      assert.deepEqual(await landing.find('a.csv', files[0].version), files[0]);
      seen.push((await read(landing, files[0])).bytes.toString());
      assert.deepEqual(
        files.map(({ key }) => key),
        ['a.csv', 'b.csv'],
      );
      if (takeVersion === undefined) break;
      await takeVersion(files[0]);
    }
    assert.deepEqual(seen, takeVersion === undefined ? ['three'] : contents);
  },

  'keeps no version that was landed before the file was removed': async ({ landing, put, remove }) => {
    await put('a.csv', 'one');
    const file = await landing.find('a.csv');
    await put('a.csv', 'two');
    await remove('a.csv');
    assert.deepEqual(await listAll(landing), []);
    await put('a.csv', 'three');
    const [next] = await listAll(landing);
    assert.equal((await read(landing, next!)).bytes.toString(), 'three');
    assert.equal(await landing.find('a.csv', file!.version), undefined);
    await assertPortError(() => read(landing, file!), 'landing.not-found', 'landing.changed');
  },
};
