import { InMemoryPendingReplay } from '@weir/core/testing';
import { pendingReplayContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(pendingReplayContract, 'InMemoryPendingReplay', async () => {
  return { pending: new InMemoryPendingReplay(), close: async () => {} };
});
