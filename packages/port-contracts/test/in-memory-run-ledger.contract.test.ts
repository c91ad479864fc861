import { InMemoryRunLedger } from '@weir/core/testing';
import { runLedgerContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(runLedgerContract, 'InMemoryRunLedger', async () => ({
  ledger: new InMemoryRunLedger('memory:elsewhere'),
  close: async () => {},
}));
