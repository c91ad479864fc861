import { readFileSync } from 'node:fs';
import { cp, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPostgresPool, PostgresFactReader } from '@weir/adapters-local';
import { type EndToEndDatabase, openEndToEndDatabase } from '@weir/adapters-local/testing';
import { describeShared, sharedPath, withUnpacked } from '../../core/test/support/shared-data.ts';
import { digestFacts } from '../src/demo/digest-facts.ts';
import { runCommand, startCommand } from './support/run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

const RANGE = ['--from', '2010-12-01', '--to', '2011-04-06'];
const DIMENSIONS = [
  'dimensions',
  'load',
  '--products',
  'dimensions/products.csv',
  '--customers',
  'dimensions/customers.csv',
];
const keyOf = (day: string) => {
  const [year, month, date] = day.split('-');
  return `transactions/year=${year}/month=${month}/day=${date}/transactions_${day}.csv`;
};

describeShared('online-retail/days-001-100.tar.xz', 'the days of a real shop', () => {
  let expected: {
    readonly facts: number;
    readonly facts_sha256: string;
    readonly files: Readonly<Record<string, unknown>>;
  };
  let folder: TemporaryFolder;
  const databases: EndToEndDatabase[] = [];
  /** That into which all days were loaded; its archive lies in `archive`. */
  let database: EndToEndDatabase;
  /** Filled from that archive again, by five runs. */
  let rebuilt: EndToEndDatabase;

  const settingOf = ({ connectionString }: EndToEndDatabase) => ({
    cwd: folder.path,
    env: { WEIR_DATABASE_URL: connectionString },
  });
  const weirOn = (on: EndToEndDatabase, ...args: string[]) => runCommand(args, settingOf(on));
  const weir = (...args: string[]) => weirOn(database, ...args);
  const openDatabase = async () => {
    const opened = await openEndToEndDatabase();
    databases.push(opened);
    expect((await weirOn(opened, 'init')).code).toBe(0);
    return opened;
  };
  const openWithDimensions = async () => {
    const opened = await openDatabase();
    expect((await weirOn(opened, ...DIMENSIONS)).code).toBe(0);
    return opened;
  };

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
    folder = await openTemporaryFolder();
    await withUnpacked('online-retail/days-001-100.tar.xz', (from) =>
      cp(from, folder.path, { recursive: true, preserveTimestamps: true }),
    );
    database = await openWithDimensions();
    const ended = await weir('ingest', '--landing', 'landing', '--archive', 'archive', '--json');
    expect(ended.json()).toMatchObject({ archived: 100, totals: { inserted: expected.facts } });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(databases.map((one) => one.close()));
    await folder.remove();
  });

  async function expectFacts(on: EndToEndDatabase): Promise<void> {
    const pool = openPostgresPool({ connectionString: on.connectionString });
    try {
      const { facts, sha256 } = await digestFacts(new PostgresFactReader({ pool }));
      expect({ facts, sha256 }).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
    } finally {
      await pool.end();
    }
  }

  describe('gaps', () => {
    it('are the days around the turn of the year, and no Saturday', async () => {
      const ended = await weir('gaps', ...RANGE, '--below', '0', '--json');
      expect(ended.code).toBe(0);
      const { days, whole, idle, gaps } = ended.json();
      expect({ days, whole, idle }).toEqual({ days: 127, whole: 100, idle: 18 });
      expect(gaps.map(({ day, kind }: Record<string, string>) => `${day} ${kind}`)).toEqual(
        [
          '2010-12-24',
          '2010-12-26',
          '2010-12-27',
          '2010-12-28',
          '2010-12-29',
          '2010-12-30',
          '2010-12-31',
          '2011-01-02',
          '2011-01-03',
        ].map((day) => `${day} missing`),
      );
    });

    it('are told with what they were compared with, and end with 3 where that is asked', async () => {
      const ended = await weir('gaps', '--from', '2010-12-24', '--to', '2010-12-31', '--fail-on-gaps');
      expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 3, stderr: '' });
      expect(ended.stdout).toContain(
        '8 days from 2010-12-24 to 2010-12-31: 0 whole, 1 without a delivery as always on their weekday, 7 gaps',
      );
      expect(ended.stdout).toMatch(/2010-12-24 {2}Friday +missing +0 +[\d,]+ +0 % +\d+/);
      expect(ended.stdout).toContain(
        'Usual is the median of the same weekday, 8 weeks before to 8 weeks after; small is below 0.5 of it.',
      );
      expect((await weir('gaps', '--from', '2010-12-01', '--to', '2010-12-03', '--fail-on-gaps')).code).toBe(0);
    });

    it.each([
      ['an end before its start', ['--from', '2011-02-01', '--to', '2011-01-31'], 'usage.wrong-range', /lies before/],
      ['too many days', ['--from', '2001-01-01', '--to', '2011-01-31'], 'usage.wrong-range', /more than the 3548/],
      ['a day that is none', ['--from', '2011-02-29', '--to', '2011-03-31'], 'usage.invalid-argument', /calendar days/],
      ['no end', ['--from', '2011-02-01'], 'usage.missing-option', /'--to <day>' not specified/],
      ['a share above 1', [...RANGE, '--below', '1.5'], 'usage.invalid-argument', /from 0 to 1/],
    ])('are not looked for in %s', async (_, args, code, message) => {
      const ended = await weir('gaps', ...args, '--json');
      expect(ended.code).toBe(2);
      expect(ended.json().error).toMatchObject({ code, message: expect.stringMatching(message) });
    });
  });

  describe('the archive', () => {
    const verify = (...args: string[]) => weir('archive', 'verify', '--archive', 'archive', ...args);

    it('is whole after all days were loaded', async () => {
      const ended = await verify('--strays', '--json');
      const { files, intact, missing, changed, strays, problems, bytes } = ended.json();
      expect({ code: ended.code, files, intact, missing, changed, strays, problems }).toEqual({
        ...{ code: 0, files: 100, intact: 100, missing: 0, changed: 0, strays: 0, problems: [] },
      });
      expect(bytes).toBeGreaterThan(7_000_000);
    });

    it('is told to lack a file, to hold a changed one and a stray, and ends with 3', async () => {
      const [lost, changed, stray] = [keyOf('2011-01-05'), keyOf('2011-01-06'), 'notes.txt'].map((key) =>
        folder.in('archive', key),
      );
      await rename(lost!, folder.in('lost.csv'));
      const { mtime } = await stat(changed!);
      const content = await readFile(changed!);
      await folder.write(
        `archive/${keyOf('2011-01-06')}`,
        content.map((byte, i) => (i === 900 ? byte ^ 1 : byte)),
      );
      await folder.write('archive/notes.txt', 'not ours');
      try {
        const told = await verify('--strays');
        expect(told.code).toBe(3);
        expect(told.stdout).toContain('98 intact, 1 missing, 1 changed, 1 stray');
        expect(told.stdout).toMatch(/missing +2011-01-05 +transactions.*_2011-01-05\.csv/);
        expect(told.stdout).toContain('notes.txt');
        const { problems } = (await verify('--strays', '--json')).json();
        expect(problems).toMatchObject([
          { kind: 'missing', key: keyOf('2011-01-05'), sourceDay: '2011-01-05' },
          { kind: 'changed', key: keyOf('2011-01-06'), storedAs: keyOf('2011-01-06'), foundSize: content.length },
          { kind: 'stray', storedAs: 'notes.txt' },
        ]);
        // Of other days nothing is wrong.
        expect((await verify('--from', '2011-01-07')).code).toBe(0);
        expect((await verify('--from', '2011-01-05', '--to', '2011-01-05', '--json')).json()).toMatchObject({
          files: 1,
          missing: 1,
        });
      } finally {
        await rename(folder.in('lost.csv'), lost!);
        await folder.write(`archive/${keyOf('2011-01-06')}`, content);
        await utimes(changed!, mtime, mtime);
        await rm(stray!);
      }
      expect((await verify('--strays')).code).toBe(0);
    });

    it('that is not there is an error, not one that lacks everything', async () => {
      const ended = await weir('archive', 'verify', '--archive', 'nowhere', '--json');
      expect(ended.code).toBe(1);
      expect(ended.json().error).toMatchObject({
        code: 'archive.not-found',
        message: expect.stringContaining('nowhere'),
      });
      expect((await weir('archive', 'verify', '--json')).json().error.code).toBe('usage.missing-option');
    });
  });

  describe('a backfill', () => {
    it('fills an empty database from the archive again, to the last fact, although it is stopped and killed', async () => {
      const before = await folder.files('archive');
      rebuilt = await openWithDimensions();
      const args = ['backfill', ...RANGE, '--from-archive', '--archive', 'archive', '--files-per-run', '20'];
      const stopped = startCommand(args, settingOf(rebuilt));
      await stopped.says(/Run 1 of 5/);
      stopped.child.kill('SIGINT');
      const { code, stderr } = await stopped.end;
      expect(code).toBe(130);
      expect(stderr).toMatch(/What the first \d runs? committed stays: repeated, the command goes on there/);
      expect(stderr).toMatch(/\d runs? of 5 are committed, and stay/);

      const killed = startCommand(args, settingOf(rebuilt));
      await killed.says(/Run 3 of 5/);
      killed.child.kill('SIGKILL');
      await killed.end;

      const ended = await weirOn(rebuilt, ...args, '--json');
      expect(ended.code).toBe(0);
      const { runs, source, replay } = ended.json();
      expect(runs).toHaveLength(5);
      expect(source).toBe(folder.in('archive'));
      expect(replay).toMatchObject({ healed: 0 });
      const statuses: string[] = runs.flatMap(({ files }: { files: { status: string }[] }) =>
        files.map(({ status }) => status),
      );
      expect(statuses.slice(0, 60)).toEqual(Array(60).fill('already-loaded'));
      expect(statuses.filter((status) => status === 'loaded').length).toBeGreaterThanOrEqual(20);
      await expectFacts(rebuilt);
      expect(await folder.files('archive')).toEqual(before);
      expect((await weirOn(rebuilt, 'archive', 'verify', '--archive', 'archive')).code).toBe(0);

      const again = await weirOn(rebuilt, ...args);
      expect(again.stdout).toContain(
        'Nothing new: 100 files from 2010-12-01 to 2011-04-06, and all were loaded before.',
      );
    }, 240_000);

    it('loads a month that landed late without beating newer rows', async () => {
      const fresh = await openWithDimensions();
      await cp(folder.in('archive'), folder.in('late'), { recursive: true, preserveTimestamps: true });
      const load = (from: string, to: string) =>
        weirOn(
          fresh,
          ...['backfill', '--from', from, '--to', to, '--landing', 'late', '--archive', 'late-archive', '--json'],
        );
      expect((await load('2011-01-01', '2011-04-06')).json().runs).toHaveLength(3);
      const month = await load('2010-12-01', '2010-12-31');
      expect(month.json()).toMatchObject({ runs: [{ archived: 20 }], replay: null });
      expect(await folder.files('late')).toEqual([]);
      await expectFacts(fresh);
    }, 240_000);

    it.each([
      ['neither a landing folder nor the archive', [], 'usage.missing-option', /'--landing <place>' not specified/],
      [
        'an archive without its folder',
        ['--from-archive'],
        'usage.missing-option',
        /'--archive <place>' not specified/,
      ],
      ['one folder in another', ['--landing', 'l', '--archive', 'l/a'], 'usage.places-overlap', /inside of/],
      ['no file a run', ['--landing', 'l', '--files-per-run', '0'], 'usage.invalid-argument', /from 1 to 10000/],
    ])('is not made from %s', async (_, args, code, message) => {
      const ended = await weir('backfill', ...RANGE, ...args, '--json');
      expect(ended.code).toBe(2);
      expect(ended.json().error).toMatchObject({ code, message: expect.stringMatching(message) });
    });

    it('fails where its folder is not there, and has nothing to do where no file is of these days', async () => {
      const missing = await weir('backfill', ...RANGE, '--from-archive', '--archive', 'nowhere', '--json');
      expect(missing.code).toBe(1);
      expect(missing.json().error).toMatchObject({ code: 'landing.not-found' });
      const none = await weir(
        'backfill',
        '--from',
        '2020-01-01',
        '--to',
        '2020-01-31',
        '--from-archive',
        '--archive',
        'archive',
      );
      expect(none.code).toBe(0);
      expect(none.stdout).toMatch(/Nothing to do: no file in .*archive is of a day from 2020-01-01 to 2020-01-31/);
    });
  });

  describe('runs', () => {
    it('are listed page by page, and by how they ended', async () => {
      const list = async (...args: string[]) => (await weirOn(rebuilt, 'runs', ...args, '--json')).json().runs;
      const [last, fourth, ...others] = await list('--status', 'succeeded-with-rejects');
      expect(others).toHaveLength(3);
      expect(await list('--before', fourth.runId)).toEqual(others);
      expect(await list('--limit', '1', '--before', last.runId)).toEqual([fourth]);
      const told = await weirOn(rebuilt, 'runs', '--limit', '2');
      expect(told.stdout).toContain(`Older ones: weir runs --before ${fourth.runId}`);
      expect((await weirOn(rebuilt, 'runs', '--status', 'failed')).stdout).toContain('There is no such run.');
      expect((await weirOn(rebuilt, 'runs', '--before', 'never')).code).toBe(1);
      expect((await weirOn(rebuilt, 'runs', '--status', 'good')).code).toBe(2);
    }, 60_000);
  });
});
