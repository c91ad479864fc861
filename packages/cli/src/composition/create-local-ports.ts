import {
  type openPostgresPool,
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
import type { DatabasePorts } from './database-ports.ts';
import { madeWhenAsked } from './made-when-asked.ts';

export type WarehouseOptions = Pick<PostgresWarehouseOptions, 'connections'>;

/** The ports of one machine and one Postgres. Each is made when it is first asked for. */
export function createLocalPorts(
  pool: ReturnType<typeof openPostgresPool>,
  { connections }: WarehouseOptions = {},
): DatabasePorts {
  return madeWhenAsked<DatabasePorts>({
    clock: () => new SystemClock(),
    unpacker: () => new ZlibUnpacker(),
    warehouse: () => new PostgresWarehouse({ pool, connections }),
    dimensions: () => new PostgresDimensionCatalog({ pool }),
    history: () => new PostgresRunHistory({ pool }),
    deliveries: () => new PostgresDeliveryLog({ pool }),
    facts: () => new PostgresFactReader({ pool }),
    decisions: () => new PostgresDecisionLog({ pool }),
    rejects: () => new PostgresRejectStore({ pool }),
    undo: () => new PostgresRunUndo({ pool }),
    schema: () => new PostgresSchema({ pool, clock: new SystemClock() }),
  });
}
