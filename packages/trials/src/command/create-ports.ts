import {
  FilesystemFileStore,
  FilesystemLandingZone,
  PostgresDimensionCatalog,
  PostgresWarehouse,
  type PostgresWarehouseOptions,
  SystemClock,
  ZlibUnpacker,
} from '@weir/adapters-local';
import {
  type Archive,
  type DimensionCatalog,
  type IngestPorts,
  InProcessTransformer,
  type Quarantine,
} from '@weir/core';
import type { Pool } from 'pg';
import type { ShopFolder } from './shop-folder.ts';

export interface ShopPorts extends IngestPorts {
  readonly archive: Archive;
  readonly quarantine: Quarantine;
}

export interface PortsOptions extends Omit<PostgresWarehouseOptions, 'pool'> {
  readonly dimensions?: Pick<DimensionCatalog, 'read'>;
}

/** What the command wires, for a run within this process. */
export function createPorts(shop: ShopFolder, pool: Pool, { dimensions, ...options }: PortsOptions = {}): ShopPorts {
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
      dimensions: dimensions ?? new PostgresDimensionCatalog({ pool }),
    }),
    archive: new FilesystemFileStore({ folder: shop.in('archive'), landingFolder }),
    quarantine: new FilesystemFileStore({ folder: shop.in('quarantine'), landingFolder }),
    clock: new SystemClock(),
  };
}
