import type {
  Clock,
  DecisionLog,
  DeliveryLog,
  DimensionCatalog,
  FactReader,
  RejectStore,
  RunHistory,
  RunUndo,
  Unpacker,
  Warehouse,
} from '@weir/core';

/** What a database offers to the commands, and what working with it needs. */
export interface DatabasePorts {
  readonly clock: Clock;
  readonly unpacker: Unpacker;
  readonly warehouse: Warehouse;
  readonly dimensions: DimensionCatalog;
  readonly history: RunHistory;
  readonly deliveries: DeliveryLog;
  readonly facts: FactReader;
  readonly decisions: DecisionLog;
  readonly rejects: RejectStore;
  readonly undo: RunUndo;
  readonly schema: Schema;
}

/** The tables as a whole. */
export interface Schema {
  /** Version before and after; 0 where there was nothing. */
  upgrade(): Promise<{ readonly from: number; readonly to: number }>;
  /** @throws PortError `warehouse.not-initialised`, `warehouse.schema-too-old`, `warehouse.schema-too-new` */
  check(): Promise<void>;
  /** What the user may not do, although a run or an undo does it: `INSERT on fact_transactions`. */
  missingRights(): Promise<readonly string[]>;
  /** Milliseconds since 1970 on the clock of the database, to the second. */
  now(): Promise<number>;
}
