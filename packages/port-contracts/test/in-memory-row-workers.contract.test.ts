import { InMemoryRowWorkers } from '@weir/core/testing';
import { rowWorkersContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(rowWorkersContract, 'InMemoryRowWorkers', async () => ({
  workers: new InMemoryRowWorkers(3),
  close: async () => {},
}));
