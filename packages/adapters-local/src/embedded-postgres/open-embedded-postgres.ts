import { realpath } from 'node:fs/promises';
import { createCluster } from './create-cluster.ts';
import { faultOf } from './fault-of.ts';
import { locateBinaries } from './locate-binaries.ts';
import { readPassword } from './password-file.ts';
import { prepareHome } from './prepare-home.ts';
import { type RunningServer, runningServer } from './running-server.ts';
import { chooseAccount } from './server-account.ts';
import { defaultSettings } from './server-settings.ts';
import { registerUser, type ServerUser } from './server-users.ts';
import { startServer } from './start-server.ts';
import { stopAtExit, stopServer } from './stop-server.ts';
import { withHomeLock } from './with-home-lock.ts';

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
    const home = await prepareHome(dataDirectory, onNotice);
    return await withHomeLock(home, async () => {
      const user = await registerUser(home);
      try {
        const server = (await runningServer(home)) ?? (await start(home, settings));
        return await handOut(home, user, server);
      } catch (error) {
        await leave(home, user);
        throw error;
      }
    });
  } catch (error) {
    throw faultOf(error, dataDirectory);
  }
}

/** Stops the server of a directory whoever uses it, for the end of a test run. Does nothing where none runs. */
export async function stopEmbeddedPostgres(dataDirectory: string): Promise<void> {
  const home = await realpath(dataDirectory).catch(() => undefined);
  if (home !== undefined) await withHomeLock(home, () => stopServer(home));
}

async function start(home: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const account = await chooseAccount(home);
  const binaries = await locateBinaries(account);
  await createCluster(home, account, binaries);
  return await startServer(home, account, binaries, { ...defaultSettings, ...settings });
}

async function leave(home: string, user: ServerUser): Promise<void> {
  user.remove();
  if (user.isLast()) await stopServer(home);
}

async function handOut(home: string, user: ServerUser, server: RunningServer): Promise<EmbeddedPostgres> {
  const password = await readPassword(home);
  const cancelStopAtExit = stopAtExit(home, user);
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await withHomeLock(home, () => leave(home, user));
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
