import { readFile } from 'node:fs/promises';
import type { TrialResult } from '../trial.ts';
import { LoadShop, rowsFile } from './load-shop.ts';
import type { OwnServer } from './own-server.ts';

const FILES = 1000;
const ROWS = 20;
const PEAK_HOOK = new URL('./peak-memory-hook.ts', import.meta.url);

/** A thousand files land at once, and one command takes them all. */
export async function tryManyFiles(server: OwnServer, folder: string): Promise<TrialResult> {
  const shop = await LoadShop.open(folder, await server.createDatabase('many'));
  try {
    await shop.deliver(
      Array.from({ length: FILES }, (_, i) => rowsFile(String(1 + (i % 28)).padStart(2, '0'), `many-${i}`, ROWS)),
    );
    const log = `${folder}/peak`;
    const end = await shop.ingest({ preload: [PEAK_HOOK], env: { WEIR_TRIAL_LOG: log } });
    const violations = [...(await shop.findBroken())];
    if (end.code !== 0) violations.push(`the run ended with ${end.code}: ${end.stderr}`);
    const { totals, archived } = JSON.parse(end.stdout);
    if (totals.inserted !== FILES * ROWS || archived !== FILES)
      violations.push(`the report tells ${totals.inserted} rows inserted and ${archived} files archived`);
    if ((await shop.countFacts()) !== FILES * ROWS) violations.push(`there are ${await shop.countFacts()} facts`);
    const peak = Math.round(Number(await readFile(log, 'utf8')) / 1024);
    const counted = `${FILES} files of ${ROWS} rows at once in ${end.seconds.toFixed(1)} s, at most ${peak} MiB`;
    return { counted, violations };
  } finally {
    await shop.close();
  }
}
