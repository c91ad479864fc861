import { open } from 'node:fs/promises';
import { systemCodeOf } from './file-fault.ts';

/** Sees that a file or folder lasts when the power fails. Folders cannot be synced on Windows, and need not be there. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path).catch((error: unknown) => {
    if (process.platform === 'win32') return undefined;
    throw error;
  });
  try {
    await handle?.sync();
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'ENOTSUP', 'EISDIR', 'EBADF'].includes(systemCodeOf(error))) throw error;
  } finally {
    await handle?.close();
  }
}
