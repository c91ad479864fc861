import type { DimensionCatalog, FactReader, RejectStore, Warehouse } from '@weir/core';
import type { StoredReject } from '@weir/core/testing';

/** A warehouse beside dimensions and a store of rejects. */
export interface LateWorld {
  readonly warehouse: Warehouse;
  readonly facts: FactReader;
  readonly dimensions: DimensionCatalog;
  readonly store: RejectStore;
  readonly rejects: () => Promise<readonly StoredReject[]>;
}

/** Gives one empty world after the other, without products and customers; the one before is over then. */
export interface LateWorlds {
  openEmpty(): Promise<LateWorld>;
  close(): Promise<void>;
}
