import { programFault } from './fault-of.ts';
import { locateBinaries } from './locate-binaries.ts';
import { firstOf, runProgram } from './run-program.ts';
import { readServerFile, runningServer } from './running-server.ts';
import { chooseAccount } from './server-account.ts';
import type { ServerUser } from './server-users.ts';
import { tryHomeLockSync } from './with-home-lock.ts';

/** Rolls back what is open and stops in order. The caller holds the lock of the home. */
export async function stopServer(home: string): Promise<void> {
  if (!(await runningServer(home))) return;
  const account = await chooseAccount(home);
  const { pg_ctl } = await locateBinaries(account);
  const stopping = runProgram(pg_ctl, ['stop', '--pgdata', 'data', '--mode', 'fast', '--wait', '--timeout', '600'], {
    account,
    cwd: home,
    timeoutMs: 660_000,
  });
  const end = await firstOf(stopping, () => (readServerFile(home) === undefined ? 'stopped' : undefined));
  if (end !== 'stopped' && end.code !== 0) throw programFault('could not be stopped', home, end.output);
}

/**
 * For a process that ends without having closed: an uncaught error, a `process.exit`. Nothing can be awaited there, so
 * it only asks the server to stop. Returns how to cancel it.
 */
export function stopAtExit(home: string, user: ServerUser): () => void {
  const leave = (): void => {
    const release = tryHomeLockSync(home);
    user.remove();
    if (release === undefined) return;
    try {
      const server = readServerFile(home);
      // On Windows a signal would kill it.
      if (user.isLast() && server !== undefined && process.platform !== 'win32') process.kill(server.pid, 'SIGINT');
    } catch {
      // The next one to use the directory takes over.
    }
    release();
  };
  process.once('exit', leave);
  return () => process.off('exit', leave);
}
