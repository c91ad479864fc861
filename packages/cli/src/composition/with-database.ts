import type { Session } from '../session.ts';
import type { DatabasePorts } from './database-ports.ts';
import { openDatabase } from './open-database.ts';
import type { ConnectionOptions } from './open-postgres.ts';

/** Opens the database of a command, and closes it however the command ends. */
export async function withDatabase<T>(
  session: Session,
  use: (ports: DatabasePorts) => Promise<T>,
  options: ConnectionOptions = {},
): Promise<T> {
  const database = await openDatabase(session, options);
  try {
    session.interruption.signal.throwIfAborted();
    return await use(database.ports);
  } finally {
    await database.close();
  }
}
