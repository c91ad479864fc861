import { InMemoryNotifier } from '@weir/core/testing';
import { notifierContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(notifierContract, 'InMemoryNotifier', async () => {
  const notifier = new InMemoryNotifier();
  return { notifier, received: async () => notifier.mailbox, close: async () => {} };
});
