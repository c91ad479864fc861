import { rowWorkersContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { ThreadRowWorkers } from '../../src/threads/index.ts';

runContract(rowWorkersContract, 'ThreadRowWorkers', async () => {
  const workers = new ThreadRowWorkers(2);
  return { workers, close: () => workers.close() };
});
