import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { openPostgresPool, PostgresFactReader } from '@weir/adapters-local';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import type { Books } from '@weir/core';
import fc from 'fast-check';
import { describeShared, sharedPath, withUnpacked } from '../../core/test/support/shared-data.ts';
import { digestFacts } from '../src/demo/digest-facts.ts';
import { runCommand, startCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';
import { visitDashboard } from './support/visit-dashboard.ts';

interface Expected {
  readonly read: number;
  readonly rejected: number;
  readonly rejects_by_code: Readonly<Record<string, number>>;
  readonly facts: number;
  readonly facts_sha256: string;
  readonly files: Readonly<Record<string, { readonly read: number; readonly rejected: number }>>;
}

interface FileEntry {
  readonly key: string;
  readonly status: string;
  readonly read: number;
  readonly rejected: number;
  readonly rejectsByCode: Readonly<Record<string, number>>;
}

const RUNS = 20;

describeShared('online-retail/days-001-100.tar.xz', '100 days of a real shop', () => {
  let expected: Expected;
  let database: EndToEndDatabase;
  let folder: TemporaryFolder;
  let weir: (...args: string[]) => ReturnType<typeof runCommand>;
  let source: string;
  let release: () => void;
  let unpacked: Promise<void>;

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
    const kept = new Promise<void>((resolve) => {
      release = resolve;
    });
    await new Promise<void>((ready) => {
      unpacked = withUnpacked('online-retail/days-001-100.tar.xz', async (path) => {
        source = path;
        ready();
        await kept;
      });
    });
  });
  afterAll(async () => {
    release();
    await unpacked;
  });
  beforeEach(async () => {
    database = await openEndToEndDatabase();
    folder = await openTemporaryFolder();
    weir = (...args) =>
      runCommand([...args, '--database-url', database.connectionString, '--json'], { cwd: folder.path });
    const dimensions = join(source, 'dimensions');
    expect((await weir('init')).code).toBe(0);
    const load = ['--products', join(dimensions, 'products.csv'), '--customers', join(dimensions, 'customers.csv')];
    expect((await weir('dimensions', 'load', ...load)).code).toBe(0);
  });
  afterEach(async () => {
    await database.close();
    await folder.remove();
  });

  it('are loaded as an independent program says, to the last fact and count', async () => {
    for (const key of Object.keys(expected.files)) await deliver(key);
    const planned = (await weir('plan', '--landing', 'landing')).json();
    expect((await weir('runs')).json()).toEqual({ runs: [] });
    const ended = await ingest();
    const { files, totals, archived, status } = ended.json();
    expect([planned.totals, planned.status]).toEqual([totals, status]);
    expect(planned.files.map(booksOf)).toEqual(files.map(booksOf));

    expect(ended.code).toBe(0);
    expect(status).toBe('succeeded-with-rejects');
    expect(totals).toMatchObject({ read: expected.read, rejected: expected.rejected, inserted: expected.facts });
    expect(sumByCode(files)).toEqual(expected.rejects_by_code);
    expect(Object.fromEntries(files.map(({ key, read, rejected }: FileEntry) => [key, { read, rejected }]))).toEqual(
      expected.files,
    );
    expect(archived).toBe(100);
    expect((await weir('report', '--out', 'report.html')).code).toBe(0);
    const report = await readFile(folder.in('report.html'), 'utf8');
    for (const count of [expected.read, expected.rejected, expected.facts]) {
      expect(report).toContain(count.toLocaleString('en-US'));
    }
    const setting = { cwd: folder.path };
    const serving = startCommand(
      ['serve', '--port', '0', '--database-url', database.connectionString, '--json'],
      setting,
    );
    for (const [page, status] of await visitDashboard(serving)) expect([page, status]).toEqual([page, 200]);
    expect(await folder.files('landing')).toEqual([]);
    expect(await folder.files('archive')).toEqual(Object.keys(expected.files).sort());
    await expectFacts();
  }, 120_000);

  it(`end in the same table when shuffled, delivered twice and split over ${RUNS} runs`, async () => {
    const [seed] = fc.sample(fc.integer(), 1);
    console.info(`deliveries shuffled with seed ${seed}`);
    const keys = Object.keys(expected.files);
    const [deliveries] = fc.sample(fc.shuffledSubarray([...keys, ...keys], { minLength: 200 }), {
      numRuns: 1,
      seed: seed!,
    });
    const seen: FileEntry[] = [];
    for (let run = 0; run < RUNS; run++) {
      for (const key of deliveries!.slice(run * 10, run * 10 + 10)) await deliver(key);
      seen.push(...(await ingest()).json().files);
    }

    const loaded = seen.filter(({ status }) => status === 'loaded');
    expect(loaded.map(({ key }) => key).sort()).toEqual([...keys].sort());
    // A file that was dealt twice into one run is one file.
    expect(seen.filter(({ status }) => status !== 'loaded').every(({ status }) => status === 'already-loaded')).toBe(
      true,
    );
    expect(sumByCode(loaded)).toEqual(expected.rejects_by_code);
    expect(await folder.files('landing')).toEqual([]);
    expect(await folder.files('archive')).toEqual([...keys].sort());
    await expectFacts();
  }, 120_000);

  const ingest = () => weir('ingest', '--landing', 'landing', '--archive', 'archive', '--quarantine', 'quarantine');

  async function deliver(key: string): Promise<void> {
    const from = join(source, 'landing', key);
    const to = folder.in('landing', key);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
    const { mtime } = await stat(from);
    await utimes(to, mtime, mtime);
  }

  async function expectFacts(): Promise<void> {
    const pool = openPostgresPool({ connectionString: database.connectionString });
    try {
      const { facts, sha256 } = await digestFacts(new PostgresFactReader({ pool }));
      expect({ facts, sha256 }).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
    } finally {
      await pool.end();
    }
  }
});

function booksOf({ key, status, read, inserted, updated, unchanged, stale, duplicate, rejected }: FileEntry & Books) {
  return { key, status, read, inserted, updated, unchanged, stale, duplicate, rejected };
}

function sumByCode(files: readonly FileEntry[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { rejectsByCode } of files) {
    for (const [code, count] of Object.entries(rejectsByCode)) sums[code] = (sums[code] ?? 0) + count;
  }
  return sums;
}
