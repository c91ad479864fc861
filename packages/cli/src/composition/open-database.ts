import { lstatSync } from 'node:fs';
import { printable } from '@weir/core/text';
import { awsSettingsOf } from '../config/aws-settings.ts';
import { chooseDatabase, type DatabaseChoice } from '../config/choose-database.ts';
import { CommandError } from '../errors/command-error.ts';
import { callWeir } from '../output/call-weir.ts';
import type { Session } from '../session.ts';
import type { DatabasePorts } from './database-ports.ts';
import type { ConnectionOptions, OpenPostgres } from './open-postgres.ts';

export interface OpenDatabase {
  readonly ports: DatabasePorts;
  readonly choice: DatabaseChoice;
  /** Also of the server, where it came with this command. May be called twice. */
  close(): Promise<void>;
}

export interface OpenDatabaseOptions extends ConnectionOptions {
  /** Instead of what the options of the session name. */
  readonly choice?: DatabaseChoice | undefined;
  /** Whether it may be without tables, or not be there yet. */
  readonly mayBeEmpty?: boolean | undefined;
  /** Whether its tables are left unlooked at; it must be there. */
  readonly unchecked?: boolean | undefined;
}

/** @throws PortError, CommandError `warehouse.not-initialised` */
export async function openDatabase(session: Session, options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const choice = options.choice ?? (await chooseDatabase(session));
  if (options.mayBeEmpty !== true) requireEmbedded(session, choice);
  const { ports, signedIn, close } = await connect(session, choice, options);
  const closeOnce = once(close);
  try {
    if (options.mayBeEmpty !== true && options.unchecked !== true) {
      await session.interruption.race(signedIn);
      await session.interruption.race(ports.schema.check());
    }
    return { ports, choice, close: closeOnce };
  } catch (error) {
    await closeOnce();
    throw error;
  }
}

async function connect(session: Session, choice: DatabaseChoice, options: ConnectionOptions): Promise<OpenPostgres> {
  if (choice.kind === 'redshift') {
    const { openRedshift } = await import('./open-redshift.ts');
    return { ...(await openRedshift(choice.redshift, awsSettingsOf(session))), signedIn: Promise.resolve() };
  }
  if (choice.kind === 'url') return await (await import('./open-postgres.ts')).openPostgres(choice.url, options);
  const { openEmbeddedPostgres } = await import('@weir/adapters-local/embedded-postgres');
  const onNotice = (sentence: string) => session.screen.note(printable(sentence));
  const [server, { openPostgres }] = await Promise.all([
    openEmbeddedPostgres({ dataDirectory: choice.dataDirectory, onNotice }),
    import('./open-postgres.ts'),
  ]);
  const opened = await openPostgres(server.connectionString, options);
  return { ...opened, close: async () => await opened.close().finally(() => server.close()) };
}

/** Starting a server only to find it empty would leave a folder wherever somebody mistyped. */
function requireEmbedded({ env }: Session, choice: DatabaseChoice): void {
  if (choice.kind !== 'embedded' || lstatSync(choice.dataDirectory, { throwIfNoEntry: false }) !== undefined) return;
  throw new CommandError({
    code: 'warehouse.not-initialised',
    message: `There is no database yet: ${choice.dataDirectory} does not exist.`,
    remedy:
      `Create it with ${callWeir(env)} init, call Weir from the folder where it was created, ` +
      'or name another database with --database-url.',
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
