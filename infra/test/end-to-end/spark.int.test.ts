import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sharedPath } from '../../../packages/core/test/support/shared-data.ts';
import { runOnSpark } from '../../../packages/glue-job/src/testing/run-on-spark.ts';
import { findSparkProcesses } from '../../../packages/glue-job/src/testing/spark-processes.ts';
import { describeSpark } from '../../../packages/glue-job/test/describe-spark.ts';
import { expectOneMailEach, HundredDays } from './hundred-days.ts';
import { ShopTemplates } from './open-shop.ts';

describeSpark('100 days of a real shop on AWS, with its jobs on a Spark of two executors,', () => {
  let templates: ShopTemplates;

  beforeAll(() => {
    if (!existsSync(sharedPath('online-retail'))) throw new Error('../shared/data is missing beside the checkout.');
    templates = new ShopTemplates();
  }, 180_000);
  afterAll(() => templates?.remove());

  it('end in the expected facts, archive and mails although workers are killed', async () => {
    const days = await HundredDays.read();
    const killed: number[] = [];
    const shop = await templates.openShop({
      // Spark takes real time, half a minute and more on a slow machine: a job has 216 seconds.
      secondMs: 20,
      runner: (environment) => runOnSpark({ environment, onFolder: (folder) => void killOne(folder, killed) }),
    });
    try {
      const { runs } = await days.goThrough(shop);
      console.info(`${runs.length} runs, ${killed.length} workers killed`);

      expect(killed.length).toBeGreaterThan(0);
      await days.expectFacts(shop);
      days.expectArchive(shop);
      expectOneMailEach(shop, runs);
    } finally {
      await shop.close();
    }
  }, 900_000);
});

/** Kills the first worker that shows up in the folder of a job. */
async function killOne(folder: string, killed: number[]): Promise<void> {
  while (existsSync(folder)) {
    const [pid] = findSparkProcesses(folder, 'worker');
    if (pid !== undefined) {
      process.kill(pid, 'SIGKILL');
      killed.push(pid);
      return;
    }
    await sleep(20);
  }
}
