import { describe } from '@jest/globals';
import { InMemoryFileStore, InMemoryLandingZone } from '@weir/core/testing';
import { fileStoreContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

const open = (keepsVersions: boolean) => async () => {
  const landing = new InMemoryLandingZone('memory:somewhere', { keepsVersions });
  const store = new InMemoryFileStore(landing, 'memory:elsewhere');
  return {
    store,
    keepsVersions,
    land: async (key: string, content: string | Uint8Array) => landing.put(key, content),
    landed: async (key: string) => landing.peek(key)?.bytes,
    unland: async (key: string) => landing.remove(key),
    putStored: async (path: string, content: string | Uint8Array) => void store.stored.set(path, Buffer.from(content)),
    stored: async () => store.stored,
    close: async () => {},
  };
};

describe('where the landing place holds one version of a file', () => {
  runContract(fileStoreContract, 'InMemoryFileStore', open(false));
});

describe('where the landing place keeps every version', () => {
  runContract(fileStoreContract, 'InMemoryFileStore', open(true));
});
