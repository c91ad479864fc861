import { InMemoryDimensionCatalog } from '@weir/core/testing';
import { dimensionCatalogContract } from '../src/index.ts';
import { runContract } from '../src/run-contract.ts';

runContract(dimensionCatalogContract, 'InMemoryDimensionCatalog', async () => ({
  catalog: new InMemoryDimensionCatalog(),
  close: async () => {},
}));
