import { dimensionCatalogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { PostgresDimensionCatalog } from '../src/index.ts';
import { openPlace } from './postgres-place.ts';

runContract(dimensionCatalogContract, 'PostgresDimensionCatalog', async () => {
  const { pool, close } = await openPlace();
  return { catalog: new PostgresDimensionCatalog({ pool }), close };
});
