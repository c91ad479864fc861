import { InMemoryFileStore, InMemoryLandingZone } from '@weir/core/testing';
import { fileStoreContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(fileStoreContract, 'InMemoryFileStore', async () => {
  const landing = new InMemoryLandingZone();
  const store = new InMemoryFileStore(landing, 'memory:elsewhere');
  return {
    store,
    land: async (key, content) => landing.put(key, content),
    landed: async (key) => landing.find(key)?.bytes,
    unland: async (key) => landing.remove(key),
    putStored: async (path, content) => void store.stored.set(path, Buffer.from(content)),
    stored: async () => store.stored,
    close: async () => {},
  };
});
