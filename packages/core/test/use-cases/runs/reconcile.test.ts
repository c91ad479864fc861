import { describe, expect, test } from '@jest/globals';
import { PortError } from '../../../src/ports/port-error.ts';
import type { RunEntry } from '../../../src/ports/run-ledger.port.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { beginWork } from '../../../src/use-cases/runs/run-states.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { withPauses } from '../../support/with-pauses.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const HOUR = 3_600_000;
const KEY = keyOf('2023-03-15');

async function work(world: RunsWorld): Promise<void> {
  for (const jobRunId of world.running()) await world.work(jobRunId);
}

describe('a sweep', () => {
  test('plans what lies in the landing place without a run, but leaves young files to their events', async () => {
    const world = await openRunsWorld();
    const now = world.ports.clock.now();
    world.ports.landing.put(KEY, csv(row('T-1')), now - 15 * 60_000);
    world.ports.landing.put(keyOf('2023-03-16'), csv(row('T-2')), now - 15 * 60_000 + 1);
    world.ports.landing.put('transactions/readme.txt', 'not ours', 0);
    expect((await world.sweep()).starts.map(({ kind }) => kind)).toEqual(['started']);
    expect((await world.openRuns()).flatMap(({ files }) => files.map(({ key }) => key))).toEqual([KEY]);
    await work(world);
    expect((await world.ports.landing.find('transactions/readme.txt'))?.size).toBe(8);
  });

  test('does all that the events of a run would have done', async () => {
    const world = await openRunsWorld();
    world.ports.landing.put(KEY, csv(row('T-1')), 0);
    await world.sweep();
    await work(world);
    const swept = await world.sweep();
    expect(swept).toMatchObject({ problems: 0, takenAway: 0, starts: [] });
    expect([swept.notified.length, swept.settled.length]).toEqual([1, 1]);
    expect([await world.openRuns(), await world.landed(), world.notified().length]).toEqual([[], [], 1]);
  });

  test('does nothing where nothing is due', async () => {
    const world = await openRunsWorld();
    world.ports.landing.put(KEY, csv(row('T-1')), 0);
    await world.sweep();
    const busy = await world.sweep();
    expect(busy).toMatchObject({ ended: [], notified: [], settled: [], starts: [], problems: 0 });
    await world.drain();
    expect(await world.sweep()).toMatchObject({
      ended: [],
      notified: [],
      settled: [],
      starts: [],
      givenUp: 0,
      problems: 0,
    });
  });

  test('hears of a job that died without a word', async () => {
    const world = await openRunsWorld();
    world.ports.landing.put(KEY, csv(row('T-1')), 0);
    await world.sweep();
    world.ports.launcher.end('job-1', { kind: 'failed', reason: 'Out of memory.' });
    const swept = await world.sweep();
    expect([swept.ended.length, swept.notified.length, swept.settled.length, swept.released]).toEqual([1, 1, 1, 1]);
    expect(swept.starts).toMatchObject([{ kind: 'started', jobRunId: 'job-2' }]);
    expect(world.ports.notifier.mailbox[0]!.text).toContain('Out of memory.');
  });

  test('ends a run whose job the service has forgotten, once its lease is over', async () => {
    const world = await openRunsWorld();
    world.ports.landing.put(KEY, csv(row('T-1')), 0);
    await world.sweep();
    const forgetful = {
      ...world.ports,
      launcher: {
        ...world.ports.launcher,
        find: async () => undefined,
        read: async () => undefined,
        start: async () => ({ kind: 'busy' as const }),
      },
    };
    expect((await world.sweep(forgetful)).ended).toEqual([]);
    const [{ runId }] = (await world.openRuns()) as [RunEntry];
    const now = world.ports.clock.now();
    await changeRun(world.ports.ledger, runId, (entry) => beginWork(entry, 'job-1', now, HOUR));
    world.ports.clock.advance(HOUR - 1);
    expect((await world.sweep(forgetful)).ended).toEqual([]);
    world.ports.clock.advance(1);
    expect((await world.sweep(forgetful)).ended).toHaveLength(1);
    expect(world.ports.notifier.mailbox[0]!.text).toContain('no longer knows the job');
  });

  test('gives up after three attempts, says so in one notice, and leaves the file alone', async () => {
    const world = await openRunsWorld();
    world.ports.landing.put(KEY, csv(row('T-1')), 0);
    for (let attempt = 1; attempt <= 3; attempt++) {
      await world.sweep();
      world.ports.launcher.end(`job-${attempt}`, { kind: 'failed', reason: 'Broken.' });
    }
    for (let i = 0; i < 3; i++) {
      expect(await world.sweep()).toMatchObject({ starts: [], givenUp: 1, firstGivenUp: [{ key: KEY }], problems: 0 });
    }
    expect(world.ports.notifier.mailbox.map(({ document }) => document.state)).toEqual(['failed', 'failed', 'gave-up']);
    expect(world.ports.notifier.mailbox[2]!.text).toContain(`replay ${KEY} from landing`);
    expect([await world.openRuns(), await world.landed()]).toEqual([[], [KEY]]);
    const [file] = await world.ports.ledger.claims([world.ports.landing.peek(KEY)!.file]);
    expect(file).toMatchObject({ attempt: 3, runId: expect.any(String) });
    // A new delivery of the same file is a file of its own; the old version stays in front of it.
    world.ports.landing.put(KEY, csv(row('T-1')), 1);
    expect((await world.sweep()).starts).toMatchObject([{ kind: 'started' }]);
    await world.drain();
    expect(await world.facts()).toHaveLength(1);
    expect(await world.landed()).toEqual([KEY]);
  });

  test('takes away what a closed run processed but still lies there, and then sees what was behind it', async () => {
    const world = await openRunsWorld();
    const { landing, archive } = world.ports;
    const content = csv(row('T-1'));
    const first = landing.put(KEY, content, 0);
    await world.plan([first]);
    // The store says moved, and the file is there again: as after a move that was undone.
    const lying = { location: 'lying', take: async () => ({ kind: 'moved' as const, storedAs: KEY }) };
    await world.work('job-1');
    await world.archive('job-1', { ...world.ports, archive: lying });
    await world.finish('job-1');
    expect([await world.openRuns(), await world.landed()]).toEqual([[], [KEY]]);
    landing.put(KEY, csv(row('T-1', { quantity: 2 })), 1);
    landing.put(KEY, csv(row('T-1', { quantity: 3 })), 2);
    const swept = await world.sweep();
    expect(swept.takenAway).toBe(1);
    expect(archive.stored.get(KEY)?.length).toBe(content.length);
    await world.drain();
    expect([archive.stored.size, await world.landed()]).toEqual([3, []]);
    expect((await world.facts())[0]!.quantity).toBe(3);
  });

  test('sees the oldest and the newest version of a key at once, those between as these are taken away', async () => {
    const world = await openRunsWorld();
    for (let i = 1; i <= 4; i++) world.ports.landing.put(KEY, csv(row('T-1', { quantity: i })), i);
    const jobs: number[] = [];
    for (let sweeps = 0; sweeps < 3; sweeps++) {
      await world.sweep();
      jobs.push(world.running().length);
      await world.drain();
    }
    expect(jobs).toEqual([2, 2, 0]);
    expect([(await world.facts())[0]!.quantity, world.ports.archive.stored.size, await world.landed()]).toEqual([
      4,
      4,
      [],
    ]);
  });

  test('plans a file anew whose run the ledger has lost', async () => {
    const world = await openRunsWorld();
    const file = world.ports.landing.put(KEY, csv(row('T-1')), 0);
    await world.ports.ledger.claim('run-lost', [file]);
    expect((await world.sweep()).starts).toMatchObject([{ kind: 'started' }]);
    expect(await world.ports.ledger.claims([file])).toMatchObject([{ attempt: 2 }]);
  });

  test('plans a file anew that failed in a run that was committed and closed without freeing it', async () => {
    const world = await openRunsWorld();
    const content = csv(row('T-1'));
    const file = world.ports.landing.put(KEY, content, 0);
    await world.plan([file]);
    world.ports.landing.remove(KEY);
    await world.work('job-1');
    const { ledger } = world.ports;
    const holding = new Proxy(ledger, {
      get: (target, name) => (name === 'release' ? async () => {} : Reflect.get(target, name).bind(target)),
    });
    await world.archive('job-1', { ...world.ports, ledger: holding });
    await world.finish('job-1');
    expect(await world.openRuns()).toEqual([]);
    // It was only out of reach.
    const back = {
      ...world.ports.landing,
      list: async function* () {
        yield [file];
      },
      find: async () => file,
    };
    const swept = await world.sweep({ ...world.ports, landing: back as never });
    expect(swept).toMatchObject({ released: 1, starts: [{ kind: 'started' }] });
    expect(await ledger.claims([file])).toMatchObject([{ attempt: 2 }]);
  });

  test('goes on where one run or file breaks, and tells what broke', async () => {
    const world = await openRunsWorld();
    for (const day of ['2023-03-15', '2023-03-16']) {
      await world.plan([world.ports.landing.put(keyOf(day), csv(row(day)), 0)]);
    }
    await work(world);
    const { archive } = world.ports;
    const broken = {
      location: 'broken',
      take: async (...[file, hash]: Parameters<typeof archive.take>) => {
        if (file.key !== KEY) return archive.take(file, hash);
        throw new PortError({ code: 'archive.write-failed', message: 'No.' });
      },
    };
    const swept = await world.sweep({ ...world.ports, archive: broken as never });
    expect([swept.settled.length, swept.notified.length]).toEqual([1, 2]);
    expect(swept.firstProblems).toMatchObject([
      { code: 'archive.write-failed', message: expect.stringContaining(KEY) },
    ]);
    expect((await world.sweep()).problems).toBe(0);
    expect([await world.openRuns(), await world.landed()]).toEqual([[], []]);
  });

  test.each([1, 2, 3, 4, 5, 6])('may run beside itself and the events: seed %i', async (seed) => {
    const world = await openRunsWorld({ mostJobs: 2 });
    const days = ['2023-03-11', '2023-03-12', '2023-03-13', '2023-03-14', '2023-03-15', '2023-03-16', '2023-03-17'];
    const files = days.map((day) => world.ports.landing.put(keyOf(day), csv(row(day, { day })), 0));
    const ports = (i: number) => withPauses(world.ports, seed * 100 + i);
    await Promise.all([world.plan(files.slice(2), ports(1)), world.sweep(ports(2)), world.sweep(ports(3))]);
    for (let round = 0; world.running().length > 0; round++) {
      const jobs = world.running();
      await work(world);
      const events = jobs.flatMap((job, i) => [
        world.finish(job, ports(round * 10 + i)),
        world.archive(job, ports(round * 10 + i + 5)),
      ]);
      await Promise.all([...events, world.sweep(ports(round)), world.sweep(ports(round + 50))]);
    }
    await world.sweep();
    expect([await world.landed(), await world.openRuns(), world.ports.archive.stored.size]).toEqual([
      [],
      [],
      days.length,
    ]);
    expect(await world.facts()).toHaveLength(days.length);
    const jobs = world.ports.launcher.jobs().map(({ runId }) => runId!);
    expect(new Set(jobs).size).toBe(jobs.length);
    expect(world.notified().toSorted()).toEqual(jobs.toSorted());
  });
});
