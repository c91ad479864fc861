import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { sharedPath, withUnpacked } from '../../../packages/core/test/support/shared-data.ts';
import type { Shop } from './open-shop.ts';

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

/** Events of a run that a sweep started may be lost as well, so that the next sweep has something to do. */
const MOST_SWEEPS = 8;
const CLOSED = 'ledger/runs/closed/';

/** 100 days of a real shop with its dimensions, and what an independent program says comes of them. */
export class HundredDays {
  readonly #expected: Expected;
  readonly #deliveries: readonly Delivery[];
  readonly #dimensions: readonly Delivery[];

  private constructor(folder: string) {
    this.#expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
    this.#deliveries = readAll(join(folder, 'landing'), '');
    this.#dimensions = readAll(join(folder, 'dimensions'), 'dimensions/');
  }

  static async read(): Promise<HundredDays> {
    return await withUnpacked('online-retail/days-001-100.tar.xz', (folder) => new HundredDays(folder));
  }

  /**
   * Drops everything and sweeps until nothing is left to do.
   *
   * @returns the runs that had files, and how many sweeps it took
   */
  async goThrough(shop: Shop): Promise<{ readonly runs: readonly string[]; readonly sweeps: number }> {
    await dropAll(shop, this.#dimensions);
    await shop.sweep();
    await dropAll(shop, this.#deliveries);
    const sweeps = await sweepUntilDone(shop);
    return { runs: await closedRuns(shop), sweeps };
  }

  async expectFacts(shop: Shop): Promise<void> {
    const { facts, facts_sha256: sha256, read, rejected } = this.#expected;
    expect(await shop.digest()).toEqual({ facts, sha256 });
    const [books] = await shop.simulator.redshift.query(
      "SELECT COUNT(*)::int AS files, SUM(read)::int AS read, SUM(rejected)::int AS rejected FROM ingest_file WHERE status = 'loaded'",
    );
    expect(books).toEqual({ files: this.#deliveries.length, read, rejected });
  }

  /** Each file once, under its path, with its bytes; nothing is left where it landed. */
  expectArchive(shop: Shop): void {
    expect(shop.keysOf('landing', 'transactions/')).toEqual([]);
    expect(shop.keysOf('quarantine')).toEqual([]);
    expect(shop.keysOf('archive')).toEqual(Object.keys(this.#expected.files).sort());
    const changed = this.#deliveries.filter(({ key, content }) => !shop.read('archive', key)?.equals(content));
    expect(changed.map(({ key }) => key)).toEqual([]);
  }
}

export function expectOneMailEach({ simulator: { mailbox } }: Shop, runs: readonly string[]): void {
  const counts = runs.map((runId) => mailbox.filter(({ body }) => body.includes(runId)).length);
  expect(counts).toEqual(runs.map(() => 1));
  expect(mailbox).toHaveLength(runs.length);
}

async function dropAll(shop: Shop, files: readonly Delivery[]): Promise<void> {
  for (const { key, content, modifiedAt } of files) shop.drop(key, content, modifiedAt);
  await shop.settle();
}

async function sweepUntilDone(shop: Shop): Promise<number> {
  for (let sweeps = 1; sweeps <= MOST_SWEEPS; sweeps++) {
    await shop.sweep();
    const open = [...shop.keysOf('landing', 'transactions/'), ...shop.keysOf('ledger', 'ledger/runs/open/')];
    if (open.length === 0) return sweeps;
  }
  const mails = shop.simulator.mailbox.map(({ body }) => body.slice(0, 2000));
  throw new Error(`After ${MOST_SWEEPS} sweeps something is still to do. ${mails.at(-1) ?? 'There was no mail.'}`);
}

/** Those that had files. */
async function closedRuns(shop: Shop): Promise<readonly string[]> {
  const keys = shop.keysOf('ledger', CLOSED);
  const entries = await Promise.all(keys.map((key) => shop.ledger.read(key.slice(CLOSED.length, -'.json'.length))));
  return entries.filter((entry) => entry!.files.length > 0).map((entry) => entry!.runId);
}

function readAll(folder: string, prefix: string): readonly Delivery[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path);
    return stat.isFile() ? [{ key: `${prefix}${name}`, content: readFileSync(path), modifiedAt: stat.mtime }] : [];
  });
}
