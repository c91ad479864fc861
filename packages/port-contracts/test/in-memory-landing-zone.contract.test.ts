import { InMemoryLandingZone } from '@weir/core/testing';
import { landingZoneContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(landingZoneContract, 'InMemoryLandingZone', async () => {
  const landing = new InMemoryLandingZone('memory:elsewhere');
  return {
    landing,
    put: async (key, content, modifiedAt) => landing.put(key, content, modifiedAt).modifiedAt,
    remove: async (key) => landing.remove(key),
    close: async () => {},
  };
});
