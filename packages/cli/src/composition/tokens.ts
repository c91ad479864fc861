import type { openPostgresPool } from '@weir/adapters-local';
import type { ServiceIdentifier } from 'inversify';
import type { DatabasePorts } from './database-ports.ts';

export type Pool = ReturnType<typeof openPostgresPool>;

type PortTokens = { readonly [Port in keyof DatabasePorts]: ServiceIdentifier<DatabasePorts[Port]> };

/** What the container is asked for. */
export const TOKENS: PortTokens & { readonly pool: ServiceIdentifier<Pool> } = {
  pool: Symbol.for('weir.pool'),
  clock: Symbol.for('weir.clock'),
  unpacker: Symbol.for('weir.unpacker'),
  warehouse: Symbol.for('weir.warehouse'),
  dimensions: Symbol.for('weir.dimensions'),
  history: Symbol.for('weir.history'),
  deliveries: Symbol.for('weir.deliveries'),
  facts: Symbol.for('weir.facts'),
  decisions: Symbol.for('weir.decisions'),
  rejects: Symbol.for('weir.rejects'),
  undo: Symbol.for('weir.undo'),
  schema: Symbol.for('weir.schema'),
};
