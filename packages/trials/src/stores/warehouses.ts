import type { DimensionCatalog } from '@weir/core';
import type { WarehouseSubject } from '@weir/port-contracts';

export interface TrialWarehouse extends WarehouseSubject {
  /** Holds the products and customers of the model. */
  readonly dimensions: DimensionCatalog;
}

/** Gives one empty warehouse after the other; the one before is over then. */
export interface Warehouses {
  openEmpty(): Promise<TrialWarehouse>;
  close(): Promise<void>;
}
