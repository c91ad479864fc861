import { dimensionCatalogContract } from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { openRedshift } from './support/redshift-subject.ts';

runContract(dimensionCatalogContract, 'RedshiftDimensionCatalog', openRedshift, 60_000);
