import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeShared, sharedPath, withUnpacked } from '../../../packages/core/test/support/shared-data.ts';
import { type Shop, ShopTemplates } from './open-shop.ts';

interface Expected {
  readonly read: number;
  readonly rejected: number;
  readonly facts: number;
  readonly facts_sha256: string;
  readonly files: Readonly<Record<string, unknown>>;
}

interface Delivery {
  readonly key: string;
  readonly content: Buffer;
  readonly modifiedAt: Date;
}

/** Seeds of one run of the tests; the gate asks for more. `WEIR_SHOP_SEED` replays one. */
const SEEDS = listSeeds();
/** Events of a run that a sweep started may be lost as well, so that the next sweep has something to do. */
const MOST_SWEEPS = 8;

describeShared('online-retail/days-001-100.tar.xz', '100 days of a real shop on AWS', () => {
  let expected: Expected;
  let deliveries: readonly Delivery[];
  let dimensions: readonly Delivery[];
  let templates: ShopTemplates;
  let shop: Shop | undefined;

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
    await withUnpacked('online-retail/days-001-100.tar.xz', (folder) => {
      deliveries = readAll(join(folder, 'landing'), '');
      dimensions = readAll(join(folder, 'dimensions'), 'dimensions/');
    });
    templates = new ShopTemplates();
  }, 180_000);
  afterAll(() => templates?.remove());
  afterEach(async () => {
    await shop?.close();
    shop = undefined;
  }, 60_000);

  it.each(SEEDS)(
    'end in the expected facts with events doubled, lost and out of order: seed %i',
    async (seed) => {
      const faults = { seed, duplicatedEvents: 0.2, lostEvents: 0.05, shuffledEvents: true, delay: 500 };
      shop = await templates.openShop({ faults });
      await dropAll(shop, dimensions);
      await shop.sweep();
      await dropAll(shop, deliveries);
      const sweeps = await sweepUntilDone(shop);
      const runs = await closedRuns(shop);
      console.info(`seed ${seed}: ${runs.length} runs, ${sweeps} sweeps\n${shop.simulator.report()}`);

      expect(await shop.digest()).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
      await expectBooks(shop);
      expectArchive(shop);
      expectOneMailEach(shop, runs);
    },
    600_000,
  );

  async function dropAll(to: Shop, files: readonly Delivery[]): Promise<void> {
    for (const { key, content, modifiedAt } of files) to.drop(key, content, modifiedAt);
    await to.settle();
  }

  async function expectBooks(of: Shop): Promise<void> {
    const [books] = await of.simulator.redshift.query(
      "SELECT COUNT(*)::int AS files, SUM(read)::int AS read, SUM(rejected)::int AS rejected FROM ingest_file WHERE status = 'loaded'",
    );
    expect(books).toEqual({ files: deliveries.length, read: expected.read, rejected: expected.rejected });
  }

  /** Each file once, under its path, with its bytes; nothing is left where it landed. */
  function expectArchive(of: Shop): void {
    expect(of.keysOf('landing', 'transactions/')).toEqual([]);
    expect(of.keysOf('quarantine')).toEqual([]);
    expect(of.keysOf('archive')).toEqual(Object.keys(expected.files).sort());
    const changed = deliveries.filter(({ key, content }) => !of.read('archive', key)?.equals(content));
    expect(changed.map(({ key }) => key)).toEqual([]);
  }

  function expectOneMailEach(of: Shop, runs: readonly string[]): void {
    const { mailbox } = of.simulator;
    const counts = runs.map((runId) => mailbox.filter(({ body }) => body.includes(runId)).length);
    expect(counts).toEqual(runs.map(() => 1));
    expect(mailbox).toHaveLength(runs.length);
  }
});

/** @returns how many sweeps it took */
async function sweepUntilDone(shop: Shop): Promise<number> {
  for (let sweeps = 1; sweeps <= MOST_SWEEPS; sweeps++) {
    await shop.sweep();
    const open = [...shop.keysOf('landing', 'transactions/'), ...shop.keysOf('ledger', 'ledger/runs/open/')];
    if (open.length === 0) return sweeps;
  }
  throw new Error(`After ${MOST_SWEEPS} sweeps something is still to do.\n${shop.logs().slice(-50).join('\n')}`);
}

/** Those that had files. */
async function closedRuns(shop: Shop): Promise<readonly string[]> {
  const keys = shop.keysOf('ledger', CLOSED);
  const entries = await Promise.all(keys.map((key) => shop.ledger.read(key.slice(CLOSED.length, -'.json'.length))));
  return entries.filter((entry) => entry!.files.length > 0).map((entry) => entry!.runId);
}

const CLOSED = 'ledger/runs/closed/';

function readAll(folder: string, prefix: string): readonly Delivery[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path);
    return stat.isFile() ? [{ key: `${prefix}${name}`, content: readFileSync(path), modifiedAt: stat.mtime }] : [];
  });
}

function listSeeds(): readonly number[] {
  const { WEIR_SHOP_SEED, WEIR_SHOP_SEEDS = '1' } = process.env;
  if (WEIR_SHOP_SEED !== undefined) return [Number(WEIR_SHOP_SEED)];
  return Array.from({ length: Number(WEIR_SHOP_SEEDS) }, () => Math.floor(Math.random() * 1_000_000));
}
