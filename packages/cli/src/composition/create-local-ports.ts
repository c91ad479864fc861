import {
  PostgresDecisionLog,
  PostgresDeliveryLog,
  PostgresDimensionCatalog,
  PostgresFactReader,
  PostgresRejectStore,
  PostgresRunHistory,
  PostgresRunUndo,
  PostgresSchema,
  PostgresWarehouse,
  type PostgresWarehouseOptions,
  SystemClock,
  ZlibUnpacker,
} from '@weir/adapters-local';
import { Container } from 'inversify';
import type { DatabasePorts } from './database-ports.ts';
import { type Pool, TOKENS } from './tokens.ts';

export type WarehouseOptions = Pick<PostgresWarehouseOptions, 'connections'>;

/** The ports of one machine and one Postgres. Each is made when it is first asked for. */
export function createLocalPorts(pool: Pool, options: WarehouseOptions = {}): DatabasePorts {
  const container = createContainer(pool, options);
  return {
    get clock() {
      return container.get(TOKENS.clock);
    },
    get unpacker() {
      return container.get(TOKENS.unpacker);
    },
    get warehouse() {
      return container.get(TOKENS.warehouse);
    },
    get dimensions() {
      return container.get(TOKENS.dimensions);
    },
    get history() {
      return container.get(TOKENS.history);
    },
    get deliveries() {
      return container.get(TOKENS.deliveries);
    },
    get facts() {
      return container.get(TOKENS.facts);
    },
    get decisions() {
      return container.get(TOKENS.decisions);
    },
    get rejects() {
      return container.get(TOKENS.rejects);
    },
    get undo() {
      return container.get(TOKENS.undo);
    },
    get schema() {
      return container.get(TOKENS.schema);
    },
  };
}

function createContainer(pool: Pool, { connections }: WarehouseOptions): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(TOKENS.pool).toConstantValue(pool);
  container.bind(TOKENS.clock).toResolvedValue(() => new SystemClock());
  container.bind(TOKENS.unpacker).toResolvedValue(() => new ZlibUnpacker());
  container
    .bind(TOKENS.warehouse)
    .toResolvedValue((pool) => new PostgresWarehouse({ pool, connections }), [TOKENS.pool]);
  container.bind(TOKENS.dimensions).toResolvedValue((pool) => new PostgresDimensionCatalog({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.history).toResolvedValue((pool) => new PostgresRunHistory({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.deliveries).toResolvedValue((pool) => new PostgresDeliveryLog({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.facts).toResolvedValue((pool) => new PostgresFactReader({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.decisions).toResolvedValue((pool) => new PostgresDecisionLog({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.rejects).toResolvedValue((pool) => new PostgresRejectStore({ pool }), [TOKENS.pool]);
  container.bind(TOKENS.undo).toResolvedValue((pool) => new PostgresRunUndo({ pool }), [TOKENS.pool]);
  container
    .bind(TOKENS.schema)
    .toResolvedValue((pool, clock) => new PostgresSchema({ pool, clock }), [TOKENS.pool, TOKENS.clock]);
  return container;
}
