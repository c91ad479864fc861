import lockfile from 'proper-lockfile';
import { lockPath } from './home-lock.ts';

/** One process at a time starts or stops the server of a home; others wait. A lock of a killed process passes in 10 s. */
export async function withHomeLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const release = await lockfile.lock(home, {
    lockfilePath: lockPath(home),
    realpath: false,
    stale: 10_000,
    update: 2_000,
    // Ten minutes: the recovery of a large database after a crash takes its time.
    retries: { retries: 3000, minTimeout: 20, maxTimeout: 200, factor: 1.5 },
    // After the machine slept. What the lock protects is checked by the server itself once more.
    onCompromised: () => {},
  });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}
