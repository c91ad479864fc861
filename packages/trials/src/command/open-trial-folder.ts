import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps files in memory there: a trial syncs some thousand of them, and none outlives it. */
const IN_MEMORY = '/dev/shm';

/** A new folder; to be removed by whoever asked for it. */
export async function openTrialFolder(name: string): Promise<string> {
  return mkdtemp(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), `weir-${name}-`));
}
