import { openPostgresPool, signIn } from '@weir/adapters-local';
import type { WarehouseOptions } from './create-local-ports.ts';
import type { DatabasePorts } from './database-ports.ts';

export interface ConnectionOptions extends WarehouseOptions {
  /** At most. */
  readonly maxConnections?: number | undefined;
}

export interface OpenPostgres {
  readonly ports: DatabasePorts;
  /** When somebody who asks finds a connection. Rejects with a PortError. */
  readonly signedIn: Promise<void>;
  close(): Promise<void>;
}

/** Signs in while the rest of the program is loaded. */
export async function openPostgres(connectionString: string, options: ConnectionOptions): Promise<OpenPostgres> {
  const pool = openPostgresPool({ connectionString, maxConnections: options.maxConnections });
  const signedIn = signIn(pool);
  signedIn.catch(() => undefined);
  const { createLocalPorts } = await import('./create-local-ports.ts');
  return { ports: createLocalPorts(pool, options), signedIn, close: () => pool.end() };
}
