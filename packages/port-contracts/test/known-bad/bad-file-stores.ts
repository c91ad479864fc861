import type { FileStore } from '@weir/core';
import { digestContent, InMemoryFileStore, InMemoryLandingZone } from '@weir/core/testing';
import type { FileStoreSubject, Open } from '../../src/index.ts';

/** File stores that are wrong on purpose. */
export const BAD_FILE_STORES: Readonly<Record<string, Open<FileStoreSubject>>> = {
  'does not say where it is': spoil((store) => store.take.bind(store), { location: '' }),
  'takes bytes for text': spoil((store) => async (file, hash) => {
    const outcome = await store.take(file, hash);
    for (const [path, bytes] of store.stored) store.stored.set(path, Buffer.from(Buffer.from(bytes).toString()));
    return outcome;
  }),
  'overwrites other content': spoil((store) => async (file, hash) => {
    store.stored.delete(file.key);
    return store.take(file, hash);
  }),
  'takes the same size for the same content': spoil((store, landing) => async (file, hash) => {
    if (store.stored.get(file.key)?.length !== file.size) return store.take(file, hash);
    landing.remove(file.key);
    return { kind: 'moved', storedAs: file.key };
  }),
  'deletes before it compares': spoil((store, landing) => async (file, hash) => {
    const landed = landing.peek(file.key);
    if (landed !== undefined && (await digestContent(landed.bytes)) !== hash) landing.remove(file.key);
    return store.take(file, hash);
  }),
  'does not compare': spoil((store, landing) => async (file, hash) => {
    const landed = landing.peek(file.key);
    return store.take(file, landed?.file.version === file.version ? await digestContent(landed.bytes) : hash);
  }),
  'does not delete': spoil((store, landing) => async (file, hash) => {
    const landed = landing.peek(file.key);
    const outcome = await store.take(file, hash);
    if (landed !== undefined) landing.put(file.key, landed.bytes);
    return outcome;
  }),
  'takes a newer version for the listed one': spoil((store, landing) => async (file) => {
    const landed = landing.peek(file.key);
    if (landed === undefined) return { kind: 'source-missing' };
    return store.take(landed.file, await digestContent(landed.bytes));
  }),
  'takes the newest of the versions that are kept': spoil(
    (store, landing) => async (file) => {
      const newest = landing.peek(file.key);
      return newest === undefined
        ? { kind: 'source-missing' }
        : store.take(newest.file, await digestContent(newest.bytes));
    },
    { keepsVersions: true },
  ),
  'takes away every version that is kept': spoil(
    (store, landing) => async (file, hash) => {
      const outcome = await store.take(file, hash);
      landing.remove(file.key);
      return outcome;
    },
    { keepsVersions: true },
  ),
  'does not know what it took': spoil(
    (store, landing) => async (file, hash) =>
      landing.peek(file.key) === undefined ? { kind: 'source-missing' } : store.take(file, hash),
  ),
  'says moved where the file is gone': spoil((store) => async (file, hash) => {
    const outcome = await store.take(file, hash);
    return outcome.kind === 'source-missing' ? { kind: 'moved', storedAs: file.key } : outcome;
  }),
  'leaves a temporary file': spoil((store) => async (file, hash) => {
    store.stored.set(`${file.key}.tmp`, new Uint8Array(0));
    return store.take(file, hash);
  }),
  'forgets the folders': spoil((store) => async (file, hash) => {
    const outcome = await store.take(file, hash);
    const bytes = store.stored.get(file.key);
    if (bytes === undefined || outcome.kind !== 'moved') return outcome;
    store.stored.delete(file.key);
    const storedAs = file.key.slice(file.key.lastIndexOf('/') + 1);
    store.stored.set(storedAs, bytes);
    return { kind: 'moved', storedAs };
  }),
  'puts the digits behind the ending': spoil((store) => async (file, hash) => {
    const outcome = await store.take(file, hash);
    if (outcome.kind !== 'moved' || outcome.storedAs === file.key) return outcome;
    const storedAs = `${file.key}.${hash.slice('sha256:'.length, 'sha256:'.length + 12)}`;
    store.stored.set(storedAs, store.stored.get(outcome.storedAs)!);
    store.stored.delete(outcome.storedAs);
    return { kind: 'moved', storedAs };
  }),
};

type Take = FileStore['take'];

function spoil(
  take: (store: InMemoryFileStore, landing: InMemoryLandingZone) => Take,
  { location = 'memory:store', keepsVersions = false } = {},
): Open<FileStoreSubject> {
  return async () => {
    const landing = new InMemoryLandingZone('memory:landing', { keepsVersions });
    const store = new InMemoryFileStore(landing);
    return {
      store: { location, take: take(store, landing) },
      keepsVersions,
      land: async (key, content) => landing.put(key, content),
      landed: async (key) => landing.peek(key)?.bytes,
      unland: async (key) => landing.remove(key),
      putStored: async (path, content) => void store.stored.set(path, Buffer.from(content)),
      stored: async () => store.stored,
      close: async () => {},
    };
  };
}
