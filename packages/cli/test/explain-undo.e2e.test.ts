import { copyFile, mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openPostgresPool, PostgresFactReader } from '@weir/adapters-local';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { compareVersions, type Fact, type VersionField } from '@weir/core';
import { describeShared, withUnpacked } from '../../core/test/support/shared-data.ts';
import { askDatabase } from './support/ask-database.ts';
import { runCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

interface Row {
  readonly sourceKey: string;
  readonly sourceLine: number;
  readonly sourceDay: string;
  readonly sourceModified: string;
  readonly transactionDate: string;
  readonly status: string;
  readonly statusRank: number;
}

interface Life {
  readonly decisions: readonly {
    readonly runId: string;
    readonly verdict: string;
    readonly decidedBy: VersionField | null;
    readonly undoneAt: string | null;
    readonly row: Row;
    readonly other: Row | null;
  }[];
  readonly fact: Fact | null;
}

const DAYS_AT_FIRST = 60;

describeShared('online-retail/days-001-100.tar.xz', 'after 100 days of a real shop in two runs', () => {
  jest.setTimeout(240_000);

  let database: EndToEndDatabase;
  let folder: TemporaryFolder;
  let runs: string[];
  let facts: readonly Fact[];
  let factsBefore: readonly Fact[];

  beforeAll(async () => {
    database = await openEndToEndDatabase();
    folder = await openTemporaryFolder();
    await withUnpacked('online-retail/days-001-100.tar.xz', async (source) => {
      const dimensions = join(source, 'dimensions');
      expect((await weir('init')).code).toBe(0);
      const load = ['--products', join(dimensions, 'products.csv'), '--customers', join(dimensions, 'customers.csv')];
      expect((await weir('dimensions', 'load', ...load)).code).toBe(0);
      const names = await readdir(join(source, 'landing'), { recursive: true });
      const keys = names.filter((name) => /\.csv(\.gz)?$/.test(name)).sort();
      expect(keys).toHaveLength(100);
      runs = [];
      for (const part of [keys.slice(0, DAYS_AT_FIRST), keys.slice(DAYS_AT_FIRST)]) {
        factsBefore = await readFacts();
        for (const key of part) await deliver(join(source, 'landing', key), folder.in('landing', key));
        const { runId } = (await weir('ingest', '--landing', 'landing', '--archive', 'archive')).json();
        runs.push(runId);
      }
      facts = await readFacts();
    });
  }, 240_000);
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  it('explain tells, decision by decision, why the stored row is the one that is stored', async () => {
    const lives = await ask<{ id: string }>(
      'SELECT transaction_id AS id FROM ingest_decision GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 3',
    );
    for (const { id } of lives) {
      const { decisions, fact }: Life = (await weir('explain', ` ${id} `)).json();
      const kept = await ask('SELECT 1 FROM ingest_decision WHERE transaction_id = $1', id);
      expect(decisions).toHaveLength(kept.length);
      for (const { verdict, decidedBy, row, other } of decisions) {
        const compared = compareVersions(versionOf(row), versionOf(other!));
        expect(compared.decidedBy ?? null).toBe(decidedBy);
        expect(compared.order > 0).toBe(verdict === 'updated');
      }
      const rows = decisions.flatMap(({ row, other }) => [row, other!]);
      const [best] = rows.sort((a, b) => compareVersions(versionOf(b), versionOf(a)).order);
      expect([fact!.source_key, fact!.source_line]).toEqual([best!.sourceKey, best!.sourceLine]);
    }
  });

  it('explain tells it to people, and what the policy does not keep', async () => {
    const [updated] = await ask<{ id: string; line: string; status: string }>(
      `SELECT transaction_id AS id, source_line AS line, status FROM ingest_decision WHERE verdict = 'updated' LIMIT 1`,
    );
    const { stdout } = await run('explain', updated!.id);
    expect(stdout).toContain(`Transaction ${updated!.id}: `);
    expect(stdout).toMatch(/won by \w+, .+ > .+, over transactions_\S+\.csv:\d+ of \S+/);
    expect(stdout).toContain('the policy in force keeps changes only');
    expect(stdout).toMatch(new RegExp(`transaction_id +${updated!.id}\n`));
  });

  it('explain says that it does not know an id', async () => {
    const { code, stderr } = await run('explain', "no-such'id");
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no transaction "no-such'id"`);
    expect(stderr).toContain('code: explain.unknown');
  });

  it('undo does nothing without consent, and refuses to begin without the archive', async () => {
    expect(await weir('undo', runs[1]!, '--archive', 'archive')).toMatchObject({ code: 1 });
    const unasked = await run('undo', runs[1]!, '--archive', 'archive');
    expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('code: undo.not-confirmed')]);
    const without = await run('undo', runs[1]!, '--yes');
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('no archive was named')]);
    const planned = await weir('undo', runs[1]!, '--archive', 'archive', '--dry-run');
    expect(planned.json()).toMatchObject({ status: 'planned', undoneAt: null, left: [] });
    expect(await readFacts()).toEqual(facts);
  });

  it('undo of the second run leaves the facts of the first, and lets its files be loaded again', async () => {
    const tells = ['--events', 'events.ndjson', '--openlineage', 'lineage.ndjson'];
    const ended = await weir('undo', runs[1]!, '--archive', 'archive', '--yes', ...tells);
    const { restored, deleted, left, ...books } = ended.json();
    expect([ended.code, left]).toEqual([0, []]);
    expect(await readLines('events.ndjson')).toMatchObject([
      { kind: 'undo-started', runId: runs[1] },
      { kind: 'undo-ended', runId: runs[1], error: null, restored, deleted, left: 0 },
    ]);
    expect(await readLines('lineage.ndjson')).toMatchObject([
      { eventType: 'START', job: { name: 'weir.undo' } },
      { eventType: 'COMPLETE', job: { name: 'weir.undo' } },
    ]);
    expect(restored).toBeGreaterThan(0);
    expect(deleted).toBeGreaterThan(0);
    expect(books).toMatchObject({ status: 'undone', facts: restored + deleted });
    expect(await readFacts()).toEqual(factsBefore);

    const again = await run('undo', runs[1]!, '--archive', 'archive');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('was undone already')]);
    const shown = (await weir('runs', 'show', runs[1]!)).json();
    expect(shown).toMatchObject({ status: 'undone', undoneAt: expect.any(String) });

    const keys = (await folder.files('archive')).slice(DAYS_AT_FIRST);
    for (const key of keys) await deliver(folder.in('archive', key), folder.in('landing', key));
    const reloaded = (await weir('ingest', '--landing', 'landing', '--archive', 'archive')).json();
    expect(reloaded.files.every(({ status }: { status: string }) => status === 'loaded')).toBe(true);
    const withRun = (all: readonly Fact[]) => all.map(({ run_id: _, ...fact }) => fact);
    expect(withRun(await readFacts())).toEqual(withRun(facts));
  });

  it('undo leaves what it cannot read again, and says so', async () => {
    const [{ runId }] = (await weir('runs', '--limit', '1')).json().runs;
    const [updated] = await ask<{ id: string; key: string }>(
      `SELECT transaction_id AS id, other_source_key AS key FROM ingest_decision WHERE verdict = 'updated' AND run_id = $1 AND other_run_id = $2 LIMIT 1`,
      runId,
      runs[0]!,
    );
    await folder.write(`archive/${updated!.key}`, 'something else\n');
    const ended = await weir('undo', runId, '--archive', 'archive', '--yes');
    const { facts: all, restored, deleted, left } = ended.json();
    expect(ended.code).toBe(3);
    expect(left).toEqual([{ reason: 'not-in-archive', facts: expect.any(Number), first: expect.anything() }]);
    expect(left[0].first[0]).toMatchObject({ key: updated!.key });
    expect(all).toBe(restored + deleted + left[0].facts);
    const { decisions, fact }: Life = (await weir('explain', updated!.id)).json();
    expect(fact!.run_id).toBe(runId);
    expect(decisions.find((decision) => decision.runId === runId)!.undoneAt).toEqual(expect.any(String));
  });

  it('undo says that a run is unknown, and that a failed one left nothing', async () => {
    const failed = `INSERT INTO ingest_run (run_id, status, started_at, finished_at, policy_hash, files, read, inserted, updated, unchanged, stale, duplicate, rejected, warnings, error)
      SELECT 'broken-1', 'failed', started_at, finished_at, policy_hash, 0, 0, 0, 0, 0, 0, 0, 0, '[]', 'The disk is full.' FROM ingest_run LIMIT 1`;
    await askDatabase(database.connectionString, failed);
    for (const [id, errorCode] of [
      ['no-such-run', 'runs.unknown'],
      ['broken-1', 'undo.run-failed'],
    ] as const) {
      const { code, stderr } = await run('undo', id, '--yes');
      expect([code, stderr]).toEqual([1, expect.stringContaining(`code: ${errorCode}`)]);
    }
  });

  const setting = () => ({ cwd: folder.path, env: { WEIR_DATABASE_URL: database.connectionString } });
  const run = (...args: string[]) => runCommand(args, setting());
  const weir = (...args: string[]) => run(...args, '--json');

  async function ask<Answer>(statement: string, ...values: readonly string[]): Promise<readonly Answer[]> {
    const pool = openPostgresPool({ connectionString: database.connectionString });
    try {
      return (await pool.query(statement, [...values])).rows;
    } finally {
      await pool.end();
    }
  }

  async function readLines(name: string): Promise<unknown[]> {
    const lines = (await readFile(folder.in(name), 'utf8')).trimEnd().split('\n');
    return lines.map((line) => JSON.parse(line));
  }

  async function readFacts(): Promise<readonly Fact[]> {
    const pool = openPostgresPool({ connectionString: database.connectionString });
    try {
      const all: Fact[] = [];
      for await (const batch of new PostgresFactReader({ pool }).facts()) all.push(...batch);
      return all;
    } finally {
      await pool.end();
    }
  }
});

function versionOf({ sourceModified, ...row }: Row) {
  return { ...row, terminal: 0, sourceModified: Date.parse(sourceModified) };
}

async function deliver(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  const { mtime } = await stat(from);
  await utimes(to, mtime, mtime);
}
