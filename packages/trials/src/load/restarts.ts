import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialResult } from '../trial.ts';
import { LoadShop, rowsFile } from './load-shop.ts';
import type { OwnServer, RestartMode } from './own-server.ts';

const ROWS = 40_000;
const MODES: readonly RestartMode[] = ['fast', 'immediate'];

/**
 * The server restarts while a file is loaded, at moments spread over the time that an undisturbed load takes. The run ends well
 * or says that it may be tried again; after the next one all is there, once.
 */
export async function tryRestarts(server: OwnServer, folder: string, count: number): Promise<TrialResult> {
  const shop = await LoadShop.open(folder, await server.createDatabase('restarts'));
  try {
    await shop.deliver([rowsFile('15', 'calm', ROWS)]);
    const calm = await shop.ingest();
    const violations: string[] = calm.code === 0 ? [] : [`the undisturbed run ended with ${calm.code}`];
    let completed = 0;
    for (let i = 0; i < count; i++) {
      const mode = MODES[i % MODES.length]!;
      const at = (calm.seconds * (Math.floor(i / MODES.length) + 1)) / (Math.ceil(count / MODES.length) + 1);
      await shop.deliver([rowsFile('16', `restart-${i}`, ROWS)]);
      const running = shop.ingest();
      await sleep(at * 1000);
      await server.restart(mode);
      const end = await running;
      const where = `restart ${i + 1} (${mode}, after ${at.toFixed(2)} s)`;
      if (end.code === 0) completed++;
      else if (end.code !== 1 || !/warehouse\.(unreachable|commit-unknown)/.test(end.stdout))
        violations.push(`${where}: the run ended with ${end.code}: ${end.stderr}`);
      const next = await shop.ingest();
      if (next.code !== 0) violations.push(`${where}: the next run ended with ${next.code}: ${next.stderr}`);
      const facts = await shop.countFacts();
      if (facts !== ROWS * (i + 2)) violations.push(`${where}: there are ${facts} facts`);
    }
    violations.push(...(await shop.findBroken()));
    const counted = `${count} restarts of the server in the middle of a load of ${ROWS} rows, ${completed} of which the run itself got over`;
    return { counted, violations };
  } finally {
    await shop.close();
  }
}
