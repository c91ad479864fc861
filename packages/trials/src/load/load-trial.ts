import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTrialFolder } from '../command/open-trial-folder.ts';
import type { Trial, TrialOptions, TrialResult } from '../trial.ts';
import { tryFullDisks } from './disk-full.ts';
import { tryManyFiles } from './many-files.ts';
import { OwnServer } from './own-server.ts';
import { tryRestarts } from './restarts.ts';

/** How many restarts every build tries. */
const RESTARTS = 4;

export const loadTrial: Trial = {
  about:
    'the real command with a thousand files at once, with a server that restarts (--count times) in the middle of a load, ' +
    'and with full disks',
  warehouses: ['postgres'],
  run: runLoad,
};

async function runLoad({ count, tell }: TrialOptions): Promise<TrialResult> {
  const folder = await openTrialFolder('load');
  const server = await OwnServer.open(folder);
  try {
    const results: TrialResult[] = [];
    for (const part of [
      () => tryManyFiles(server, join(folder, 'many')),
      () => tryRestarts(server, join(folder, 'restarts'), count ?? RESTARTS),
      () => tryFullDisks(server, join(folder, 'full')),
    ]) {
      const result = await part();
      tell(result.counted);
      results.push(result);
    }
    return {
      counted: results.map(({ counted }) => counted).join('; '),
      violations: results.flatMap(({ violations }) => violations),
    };
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
