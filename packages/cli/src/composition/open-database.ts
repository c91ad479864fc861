import { lstat } from 'node:fs/promises';
import { openPostgresPool } from '@weir/adapters-local';
import { openEmbeddedPostgres } from '@weir/adapters-local/embedded-postgres';
import { printable } from '@weir/core/text';
import { chooseDatabase, type DatabaseChoice } from '../config/choose-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { callWeir } from '../output/call-weir.ts';
import type { Session } from '../session.ts';
import { createLocalPorts, type WarehouseOptions } from './create-local-ports.ts';
import type { DatabasePorts } from './database-ports.ts';

export interface OpenDatabase {
  readonly ports: DatabasePorts;
  readonly choice: DatabaseChoice;
  /** Also of the server, where it came with this command. May be called twice. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions extends WarehouseOptions {
  /** Instead of what the options of the session name. */
  readonly choice?: DatabaseChoice | undefined;
  /** Whether it may be without tables, or not be there yet. */
  readonly mayBeEmpty?: boolean | undefined;
}

/** @throws PortError, CommandError `warehouse.not-initialised` */
export async function openDatabase(session: Session, options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const { env, cwd } = session;
  const choice = options.choice ?? chooseDatabase(session.options.databaseUrl, env, cwd);
  if (options.mayBeEmpty !== true) await requireEmbedded(session, choice);
  const server = await openServer(session, choice);
  try {
    const pool = openPostgresPool({ connectionString: server.connectionString });
    const close = once(async () => {
      await pool.end();
      await server.close();
    });
    const ports = createLocalPorts(pool, options);
    if (options.mayBeEmpty !== true) await checkTables(session, ports, close);
    return { ports, choice, close };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function openServer({ screen }: Session, choice: DatabaseChoice) {
  if (choice.kind === 'url') return { connectionString: choice.url, close: async () => undefined };
  const onNotice = (sentence: string) => screen.note(printable(sentence));
  return await openEmbeddedPostgres({ dataDirectory: choice.dataDirectory, onNotice });
}

/** Starting a server only to find it empty would leave a folder wherever somebody mistyped. */
async function requireEmbedded({ env }: Session, choice: DatabaseChoice): Promise<void> {
  if (choice.kind === 'url' || (await lstat(choice.dataDirectory).catch(() => undefined)) !== undefined) return;
  throw new CommandError({
    code: 'warehouse.not-initialised',
    message: `There is no database yet: ${choice.dataDirectory} does not exist.`,
    remedy:
      `Create it with ${callWeir(env)} init, call Weir from the folder where it was created, ` +
      'or name another database with --database-url.',
  });
}

async function checkTables(session: Session, { schema }: DatabasePorts, close: () => Promise<void>): Promise<void> {
  try {
    await session.interruption.race(schema.check());
  } catch (error) {
    await close();
    throw error;
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
