import { readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programFault } from './fault-of.ts';
import type { PostgresBinaries } from './locate-binaries.ts';
import { firstOf, runProgram } from './run-program.ts';
import { type RunningServer, readServerFile } from './running-server.ts';
import type { ServerAccount } from './server-account.ts';

/** Starts the server and returns when it takes connections; also after a crash, however long the recovery lasts. */
export async function startServer(
  home: string,
  account: ServerAccount,
  binaries: PostgresBinaries,
  settings: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const log = join(home, 'data', 'server.log');
  const deadline = Date.now() + 15_000;
  for (;;) {
    const logged = await sizeAfterRotation(log);
    const port = await freePort();
    const starting = runProgram(
      binaries.pg_ctl,
      [
        // Relative to the home: pg_ctl hands them to a shell, which must not see what a folder may be called.
        ...['start', '--pgdata', 'data', '--log', 'data/server.log', '--wait', '--timeout', '3600'],
        ...['--options', optionsOf({ ...settings, ...whereToListen(port) })],
      ],
      { account, cwd: home, timeoutMs: 3_600_000 },
    );
    const server = await firstOf(starting, () => readyServer(home, port));
    if (!('output' in server)) return server;
    const said = (await readFile(log, 'utf8').catch(() => '')).slice(logged);
    if (!willPass(said) || Date.now() > deadline)
      throw programFault('could not be started', home, said || server.output);
    await sleep(100);
  }
}

function readyServer(home: string, port: number): RunningServer | undefined {
  const found = readServerFile(home);
  return found?.status === 'ready' && found.port === port ? found : undefined;
}

/** No socket file: its path may not exceed 107 bytes, and Windows has none. */
function whereToListen(port: number): Record<string, string> {
  return { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' };
}

function optionsOf(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c "${name}=${value}"`)
    .join(' ');
}

/** Somebody took the free port meanwhile; or the processes of a killed server have not quite gone. */
function willPass(log: string): boolean {
  return /Address already in use|could not create any TCP\/IP sockets|pre-existing shared memory block|lock file .* already exists/.test(
    log,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no TCP port.');
  return address.port;
}

/** Returns the log's length. One older log is kept; together they stay within some megabytes. */
async function sizeAfterRotation(log: string): Promise<number> {
  const size = (await stat(log).catch(() => undefined))?.size ?? 0;
  if (size < 4_000_000) return size;
  await rename(log, `${log}.1`);
  return 0;
}
