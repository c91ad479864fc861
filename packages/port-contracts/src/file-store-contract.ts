import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { FileStore, LandedFile } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Contract } from './contract.ts';

/** A store and the landing place from which it takes files. */
export interface FileStoreSubject {
  readonly store: FileStore;
  /** Lands a file, or a new version of it, and tells how it is listed. */
  land(key: string, content: string | Uint8Array): Promise<LandedFile>;
  /** Whether the landing place keeps older versions of a file, each a delivery of its own. */
  readonly keepsVersions?: boolean;
  /** What lies in the landing place under a key now, in its newest version. */
  landed(key: string): Promise<Uint8Array | undefined>;
  /** Removes a file from the landing place, in every version that is there. */
  unland(key: string): Promise<void>;
  /** Puts a file into the store, past the port. */
  putStored(path: string, content: string | Uint8Array): Promise<void>;
  /** All that lies in the store by path, hidden and temporary files among it. */
  stored(): Promise<ReadonlyMap<string, Uint8Array>>;
}

const KEY = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';

/** An archive or a quarantine. */
export const fileStoreContract: Contract<FileStoreSubject> = {
  port: 'FileStore',
  clauses: {
    'says where it is': async ({ store }) => {
      assert.ok(store.location.length > 0);
    },

    'moves a file to the same path': async (subject) => {
      const file = await subject.land(KEY, 'one');
      assert.deepEqual(await subject.store.take(file, hashOf('one')), { kind: 'moved', storedAs: KEY });
      await requireStored(subject, { [KEY]: 'one' });
      assert.equal(await subject.landed(KEY), undefined);
    },

    'moves any bytes, none and many': async (subject) => {
      const contents = [Buffer.from([0, 255, 10, 13, 0]), Buffer.alloc(0), Buffer.alloc(5_000_003, 'weir,')];
      for (const [i, content] of contents.entries()) {
        const file = await subject.land(`${i}.csv.gz`, content);
        assert.equal((await subject.store.take(file, hashOf(content))).kind, 'moved');
        assert.ok(Buffer.from((await subject.stored()).get(`${i}.csv.gz`)!).equals(content));
      }
    },

    'leaves other files of the landing place alone': async (subject) => {
      const file = await subject.land(KEY, 'one');
      await subject.land(`${KEY}.gz`, 'two');
      await subject.store.take(file, hashOf('one'));
      assert.equal(textOf(await subject.landed(`${KEY}.gz`)), 'two');
      await requireStored(subject, { [KEY]: 'one' });
    },

    'only takes the file away where the same bytes lie here already': async (subject) => {
      await subject.putStored(KEY, 'one');
      const file = await subject.land(KEY, 'one');
      assert.deepEqual(await subject.store.take(file, hashOf('one')), { kind: 'moved', storedAs: KEY });
      await requireStored(subject, { [KEY]: 'one' });
      assert.equal(await subject.landed(KEY), undefined);
    },

    'never overwrites other content: the name gets digits of the hash before its ending': async (subject) => {
      const digits = hashOf('two').slice('sha256:'.length, 'sha256:'.length + 12);
      const names = {
        'x/a.csv': `x/a.${digits}.csv`,
        'x/a.csv.gz': `x/a.${digits}.csv.gz`,
        'x/a.b.c.csv': `x/a.b.c.${digits}.csv`,
        'v1.2/a': `v1.2/a.${digits}`,
        'x/a.gz': `x/a.${digits}.gz`,
      };
      for (const [key, name] of Object.entries(names)) {
        await subject.putStored(key, 'one');
        const outcome = await subject.store.take(await subject.land(key, 'two'), hashOf('two'));
        assert.deepEqual(outcome, { kind: 'moved', storedAs: name });
        assert.equal(textOf((await subject.stored()).get(key)), 'one', `${key} was overwritten`);
        assert.equal(textOf((await subject.stored()).get(name)), 'two');
        assert.equal(await subject.landed(key), undefined);
      }
      assert.equal((await subject.stored()).size, 10);
    },

    'tells other content from the same also where the size is the same': async (subject) => {
      await subject.putStored('a.csv', 'one');
      const outcome = await subject.store.take(await subject.land('a.csv', 'two'), hashOf('two'));
      assert.notEqual(outcome.kind === 'moved' && outcome.storedAs, 'a.csv');
      assert.equal((await subject.stored()).size, 2);
    },

    'finds the same bytes under the name with digits again': async (subject) => {
      await subject.putStored('a.csv', 'one');
      const first = await subject.store.take(await subject.land('a.csv', 'two'), hashOf('two'));
      const second = await subject.store.take(await subject.land('a.csv', 'two'), hashOf('two'));
      assert.deepEqual(second, first);
      assert.equal((await subject.stored()).size, 2);
      assert.equal(await subject.landed('a.csv'), undefined);
    },

    'overwrites nothing even where the name with digits is taken': async (subject) => {
      const digits = hashOf('two').slice('sha256:'.length, 'sha256:'.length + 12);
      await subject.putStored('a.csv', 'one');
      await subject.putStored(`a.${digits}.csv`, 'forged');
      const file = await subject.land('a.csv', 'two');
      await assertPortError(() => subject.store.take(file, hashOf('two')), 'archive.write-failed');
      await requireStored(subject, { 'a.csv': 'one', [`a.${digits}.csv`]: 'forged' });
      assert.equal(textOf(await subject.landed('a.csv')), 'two');
    },

    'keeps every content of a key that comes again and again': async (subject) => {
      for (const content of ['one', 'two', 'three', 'one', 'two']) {
        await subject.store.take(await subject.land(KEY, content), hashOf(content));
      }
      const kept = [...(await subject.stored()).values()].map(textOf);
      assert.deepEqual(kept.toSorted(), ['one', 'three', 'two']);
    },

    'leaves a newer version alone': async (subject) => {
      const file = await subject.land(KEY, 'one');
      await subject.land(KEY, 'two');
      const outcome = await subject.store.take(file, hashOf('one'));
      assert.deepEqual(
        outcome,
        subject.keepsVersions === true
          ? { kind: 'moved', storedAs: KEY }
          : { kind: 'source-changed', storedAs: undefined },
      );
      assert.equal(textOf(await subject.landed(KEY)), 'two');
      await requireStored(subject, subject.keepsVersions === true ? { [KEY]: 'one' } : {});
    },

    'tells where the bytes lie when a newer version came after they were stored': async (subject) => {
      const file = await subject.land(KEY, 'one');
      await subject.putStored(KEY, 'one');
      await subject.land(KEY, 'two');
      const outcome = await subject.store.take(file, hashOf('one'));
      const kind = subject.keepsVersions === true ? 'moved' : 'source-changed';
      assert.deepEqual(outcome, { kind, storedAs: KEY });
      assert.deepEqual(await subject.store.take(file, hashOf('one')), outcome);
      assert.equal(textOf(await subject.landed(KEY)), 'two');
    },

    'takes versions that are kept one by one, in any order': async (subject) => {
      if (subject.keepsVersions !== true) return;
      const contents = ['one', 'two', 'three', 'four'];
      const files = new Map<string, LandedFile>();
      for (const content of contents) files.set(content, await subject.land(KEY, content));
      for (const content of ['three', 'one', 'two', 'four']) {
        assert.equal((await subject.store.take(files.get(content)!, hashOf(content))).kind, 'moved');
      }
      assert.deepEqual([...(await subject.stored()).values()].map(textOf).toSorted(), contents.toSorted());
      assert.equal(await subject.landed(KEY), undefined);
    },

    'does nothing where somebody else took the file away': async (subject) => {
      const file = await subject.land(KEY, 'one');
      await subject.unland(KEY);
      assert.deepEqual(await subject.store.take(file, hashOf('one')), { kind: 'source-missing' });
      await requireStored(subject, {});
    },

    'does not take other bytes under a key for those of a file that is gone': async (subject) => {
      await subject.putStored(KEY, 'two');
      const file = await subject.land(KEY, 'one');
      await subject.unland(KEY);
      assert.deepEqual(await subject.store.take(file, hashOf('one')), { kind: 'source-missing' });
    },

    'says moved again when it is repeated': async (subject) => {
      const file = await subject.land(KEY, 'one');
      const first = await subject.store.take(file, hashOf('one'));
      assert.deepEqual(await subject.store.take(file, hashOf('one')), first);
      await requireStored(subject, { [KEY]: 'one' });
    },

    'keeps the landed file where its bytes have not the hash that was committed': async (subject) => {
      const file = await subject.land(KEY, 'one');
      await assertPortError(
        () => subject.store.take(file, hashOf('two')),
        'archive.unreadable',
        'archive.write-failed',
      );
      assert.equal(textOf(await subject.landed(KEY)), 'one');
      await requireStored(subject, {});
    },

    'moves many files at the same time': async (subject) => {
      const keys = Array.from({ length: 25 }, (_, i) => `day=${i % 3}/${i}.csv`);
      const files = await Promise.all(keys.map((key) => subject.land(key, key)));
      const outcomes = await Promise.all(files.map((file) => subject.store.take(file, hashOf(file.key))));
      assert.deepEqual(
        outcomes,
        keys.map((storedAs) => ({ kind: 'moved', storedAs })),
      );
      await requireStored(subject, Object.fromEntries(keys.map((key) => [key, key])));
    },

    'stores a file once that is taken several times at the same time': async (subject) => {
      const file = await subject.land(KEY, 'one');
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => subject.store.take(file, hashOf('one'))));
      for (const outcome of outcomes) assert.deepEqual(outcome, { kind: 'moved', storedAs: KEY });
      await requireStored(subject, { [KEY]: 'one' });
      assert.equal(await subject.landed(KEY), undefined);
    },
  },
};

async function requireStored(subject: FileStoreSubject, expected: Readonly<Record<string, string>>): Promise<void> {
  const found = [...(await subject.stored())].map(([path, bytes]) => [path, textOf(bytes)]);
  assert.deepEqual(Object.fromEntries(found), expected);
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
