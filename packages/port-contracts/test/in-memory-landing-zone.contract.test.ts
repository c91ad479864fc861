import { describe } from '@jest/globals';
import { InMemoryLandingZone } from '@weir/core/testing';
import { landingZoneContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';
import { openInMemoryLanding } from './known-bad/open-in-memory-landing.ts';

describe('where it holds one version of a file', () => {
  runContract(landingZoneContract, 'InMemoryLandingZone', async () =>
    openInMemoryLanding(new InMemoryLandingZone('memory:elsewhere')),
  );
});

describe('where it keeps every version', () => {
  runContract(landingZoneContract, 'InMemoryLandingZone', async () =>
    openInMemoryLanding(new InMemoryLandingZone('memory:elsewhere', { keepsVersions: true })),
  );
});
