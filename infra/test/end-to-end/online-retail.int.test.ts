import { afterAll, afterEach, beforeAll, it } from '@jest/globals';
import { describeShared } from '../../../packages/core/test/support/shared-data.ts';
import { expectOneMailEach, HundredDays } from './hundred-days.ts';
import { type Shop, ShopTemplates } from './open-shop.ts';

/** One in a run of all tests; the gate asks for more with `WEIR_SHOP_SEEDS`. `WEIR_SHOP_SEED` replays one. */
const SEEDS = listSeeds();

describeShared('online-retail/days-001-100.tar.xz', '100 days of a real shop on AWS', () => {
  let days: HundredDays;
  let templates: ShopTemplates;
  let shop: Shop | undefined;

  beforeAll(async () => {
    days = await HundredDays.read();
    templates = new ShopTemplates();
  }, 180_000);
  afterAll(() => templates?.remove());
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  }, 60_000);

  it.each(SEEDS)(
    'end in the expected facts, archive and mails with events doubled, lost and out of order: seed %i',
    async (seed) => {
      const faults = { seed, duplicatedEvents: 0.2, lostEvents: 0.05, shuffledEvents: true, delay: 500 };
      shop = await templates.openShop({ faults });
      const { runs, sweeps } = await days.goThrough(shop);
      console.info(`seed ${seed}: ${runs.length} runs, ${sweeps} sweeps\n${shop.simulator.report()}`);

      await days.expectFacts(shop);
      days.expectArchive(shop);
      expectOneMailEach(shop, runs);
    },
    600_000,
  );
});

function listSeeds(): readonly number[] {
  const { WEIR_SHOP_SEED, WEIR_SHOP_SEEDS = '1' } = process.env;
  if (WEIR_SHOP_SEED !== undefined) return [Number(WEIR_SHOP_SEED)];
  return Array.from({ length: Number(WEIR_SHOP_SEEDS) }, () => Math.floor(Math.random() * 1_000_000));
}
