import {
  FilesystemFileStore,
  FilesystemLandingZone,
  PostgresDimensionCatalog,
  PostgresWarehouse,
  type PostgresWarehouseOptions,
  SystemClock,
  ZlibUnpacker,
} from '@weir/adapters-local';
import { type IngestPorts, InProcessTransformer } from '@weir/core';
import type { Pool } from 'pg';
import type { ShopFolder } from './shop-folder.ts';

/** What the command wires, for a run within this process. */
export function createPorts(
  shop: ShopFolder,
  pool: Pool,
  options: Omit<PostgresWarehouseOptions, 'pool'> = {},
): IngestPorts {
  const landingFolder = shop.in('landing');
  const landing = new FilesystemLandingZone(landingFolder);
  const warehouse = new PostgresWarehouse({ pool, ...options });
  return {
    landing,
    warehouse,
    transformer: new InProcessTransformer({
      landing,
      warehouse,
      unpacker: new ZlibUnpacker(),
      dimensions: new PostgresDimensionCatalog({ pool }),
    }),
    archive: new FilesystemFileStore({ folder: shop.in('archive'), landingFolder }),
    quarantine: new FilesystemFileStore({ folder: shop.in('quarantine'), landingFolder }),
    clock: new SystemClock(),
  };
}
