import { tryHomeLockSync } from './home-lock.ts';
import { readServerFile } from './running-server.ts';
import type { ServerUser } from './server-users.ts';

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
