import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { faultOf } from './fault-of.ts';
import { isHomeLocked } from './home-lock.ts';
import { readPassword } from './read-password.ts';
import { type RunningServer, runningServer } from './running-server.ts';
import { registerUser, type ServerUser } from './server-users.ts';
import { stopAtExit } from './stop-at-exit.ts';

export interface EmbeddedPostgresOptions {
  /** Everything is kept below it: data, password, log. Created where it is missing. Relative to the current folder. */
  readonly dataDirectory: string;
  /** Told in a sentence what a person should know, such as that the data had to be put elsewhere. */
  readonly onNotice?: (sentence: string) => void;
  /** On top of the sensible ones, such as `{ fsync: 'off' }` for tests. Only those of the first user count. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** `postgres://weir:...@127.0.0.1:<port>/postgres`. Holds the password: never log it. */
  readonly connectionString: string;
  /** Stops the server if nobody else uses it any more. May be called twice. */
  close(): Promise<void>;
}

/**
 * A real Postgres server for one machine, shared by all processes that name the same directory: the first starts it,
 * the last to close stops it. What a killed process or a killed server left behind is taken over.
 *
 * Throws a PortError whose code is one of `embedded-postgres.` `not-writable`, `disk-full`, `other-version`, `damaged`,
 * `in-use`, `locked`, `start-failed`, `stop-failed`, `unsupported-platform`.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDirectory, onNotice = () => {}, settings = {} } = options;
  try {
    const home = homeIn(dataDirectory) ?? (await create(dataDirectory, onNotice));
    const user = registerUser(home);
    try {
      const server = (await sharedServer(home)) ?? (await start(home, settings));
      return handOut(home, user, server);
    } catch (error) {
      await leave(home, user);
      throw error;
    }
  } catch (error) {
    throw faultOf(error, dataDirectory);
  }
}

/** Stops the server of a directory whoever uses it, for the end of a test run. Does nothing where none runs. */
export async function stopEmbeddedPostgres(dataDirectory: string): Promise<void> {
  const home = homeIn(dataDirectory);
  if (home !== undefined) await stop(home);
}

function homeIn(dataDirectory: string): string | undefined {
  try {
    return statSync(dataDirectory).isDirectory() ? realpathSync(dataDirectory) : undefined;
  } catch {
    return undefined;
  }
}

/** Where one runs and nobody is about to stop it: who takes the lock from now on sees that it is used. */
async function sharedServer(home: string): Promise<RunningServer | undefined> {
  return isHomeLocked(home) ? undefined : await runningServer(home);
}

// Most commands find a server that runs: what makes, starts and stops one is loaded by those that need it.

async function create(dataDirectory: string, onNotice: (sentence: string) => void): Promise<string> {
  const { createHome } = await import('./create-home.ts');
  return await createHome(resolve(dataDirectory), onNotice);
}

async function start(home: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const { startHome } = await import('./start-home.ts');
  return await startHome(home, settings);
}

async function stop(home: string, isUnused?: () => boolean): Promise<void> {
  const { stopHome } = await import('./stop-home.ts');
  await stopHome(home, isUnused);
}

async function leave(home: string, user: ServerUser): Promise<void> {
  user.remove();
  if (user.isLast()) await stop(home, () => user.isLast());
}

function handOut(home: string, user: ServerUser, server: RunningServer): EmbeddedPostgres {
  const password = readPassword(home);
  const cancelStopAtExit = stopAtExit(home, user);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await leave(home, user);
    cancelStopAtExit();
  };
  return {
    connectionString: `postgres://weir:${password}@127.0.0.1:${server.port}/postgres`,
    close: () => {
      closed ??= close().catch((error) => Promise.reject(faultOf(error, home)));
      return closed;
    },
  };
}
