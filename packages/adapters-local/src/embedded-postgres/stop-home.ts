import { stopServer } from './stop-server.ts';
import { withHomeLock } from './with-home-lock.ts';

/** Stops the server of a home where, once nobody else starts or stops it, it is unused. */
export async function stopHome(home: string, isUnused: () => boolean = () => true): Promise<void> {
  await withHomeLock(home, async () => {
    if (isUnused()) await stopServer(home);
  });
}
