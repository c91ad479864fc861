import { describe, expect, test } from '@jest/globals';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { PortError } from '../../../src/ports/port-error.ts';
import { type FaultPlan, injectFault } from '../../../src/testing/index.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const HOUR = 3_600_000;
type Ports = RunsWorld['ports'];

/** Two versions of one day, rejects, a refused, an empty and a known file: three runs of at most three files, two jobs at once. */
async function openLandedWorld(): Promise<{ world: RunsWorld; files: readonly LandedFile[] }> {
  const world = await openRunsWorld({ mostJobs: 2 });
  const { landing } = world.ports;
  const known = csv(row('T-8', { day: '2023-03-13' }));
  const before = await world.plan([landing.put(keyOf('2023-03-13'), known)]);
  expect(before.runs).toHaveLength(1);
  await world.drain();
  world.ports.notifier.mailbox.length = 0;
  const files = [
    landing.put(keyOf('2023-03-15'), csv(row('T-1'), row('T-2'))),
    landing.put(keyOf('2023-03-15'), csv(row('T-1', { quantity: 3 }), row('T-2'))),
    landing.put(keyOf('2023-03-13'), known),
    landing.put(keyOf('2023-03-16'), csv(row('T-3'), row('T-4', { quantity: 0 }), row('T-1', { status: 'Refunded' }))),
    landing.put(keyOf('2023-03-17'), 'not,ours\n1,2\n'),
    landing.put(keyOf('2023-03-18'), csv()),
  ];
  return { world, files };
}

/** The life of the files by events alone, each of which is lost where its handling breaks. */
async function play(world: RunsWorld, files: readonly LandedFile[], ports: Ports, afterFault: () => Promise<void>) {
  const handle = (act: Promise<unknown>) => act.then(() => undefined, afterFault);
  await handle(world.plan(files, ports));
  await handle(world.plan(files.slice(1, 4), ports));
  for (let jobs = world.running(); jobs.length > 0; jobs = world.running()) {
    for (const jobRunId of jobs) {
      await handle(world.work(jobRunId, ports));
      await handle(world.finish(jobRunId, ports));
      await handle(world.archive(jobRunId, ports));
    }
  }
}

/** All that must not depend on what broke. */
async function describeWorld(world: RunsWorld) {
  const { archive, quarantine, warehouse } = world.ports;
  const texts = (stored: ReadonlyMap<string, Uint8Array>) =>
    [...stored.values()].map((bytes) => Buffer.from(bytes).toString()).sort();
  return {
    facts: await world.facts(),
    rejects: (await warehouse.rejects()).length,
    archived: texts(archive.stored),
    quarantined: texts(quarantine.stored),
    landed: await world.landed(),
    open: (await world.openRuns()).map(({ runId, state }) => `${runId} ${state.kind}`),
  };
}

/** Every run with a job, of the first one on, has one job and told of itself once; those of `twice` maybe twice. */
function requireOnce(world: RunsWorld, twice: ReadonlySet<string> = new Set()): number {
  const jobs = world.ports.launcher
    .jobs()
    .slice(1)
    .map(({ runId }) => runId!);
  expect(new Set(jobs).size).toBe(jobs.length);
  const notices = world.notified();
  for (const runId of jobs) {
    const count = notices.filter((notified) => notified === runId).length;
    expect({ runId, count }).toEqual({ runId, count: twice.has(runId) && count === 2 ? 2 : 1 });
  }
  expect(new Set(notices)).toEqual(new Set(jobs));
  return notices.length - jobs.length;
}

/** Runs whose notice was sent, without a note that it was. */
async function findUnnoted(world: RunsWorld): Promise<string[]> {
  const sent = new Set(world.notified());
  return (await world.openRuns()).flatMap(({ runId, notifiedAt }) =>
    sent.has(runId) && notifiedAt === undefined ? [runId] : [],
  );
}

const FAULT = new PortError({ code: 'port.unreachable', message: 'It broke.', retryable: true });
const CRASH = new Error('The process died.');
const LOST = new PortError({ code: 'job.start-unknown', message: 'Lost.', retryable: true });
const CASES = [
  ['before', 'a fault of a port', FAULT],
  ['before', 'a crash', CRASH],
  ['after', 'a fault of a port', FAULT],
  ['after', 'a crash', CRASH],
] as const;
const LOST_ANSWER = ['after', 'a lost answer', LOST] as const;

/** Fails the n-th of all calls, for n = 1, 2, 3, ... until a life without a fault; gives the number of faults. */
async function visitFaults(
  plan: Pick<FaultPlan, 'when' | 'error'>,
  visit: (inject: (ports: Ports) => { port: Ports; happened(): boolean }, call: number) => Promise<boolean>,
): Promise<number> {
  for (let call = 1; ; call++) {
    const goesOn = await visit((ports) => injectFault(ports, { ...plan, method: '*', call }), call);
    if (!goesOn) return call - 1;
  }
}

describe('after any one fault and one sweep nothing is left behind', () => {
  test('which is what happens without a fault and without a sweep', async () => {
    const { world, files } = await openLandedWorld();
    await play(world, files, world.ports, async () => expect('a fault').toBe('none'));
    const { facts, archived, quarantined, landed, open } = await describeWorld(world);
    expect([facts.length, archived.length, quarantined.length, landed, open]).toEqual([4, 5, 1, [], []]);
    expect(requireOnce(world)).toBe(0);
    expect(world.notified()).toHaveLength(3);
  });

  test.each([...CASES, LOST_ANSWER])(
    'a fault anywhere in the life of the files: %s a call takes effect, %s',
    async (when, _, error) => {
      const calm = await openLandedWorld();
      await play(calm.world, calm.files, calm.world.ports, async () => {});
      const expected = await describeWorld(calm.world);

      let repeatedNotices = 0;
      const faults = await visitFaults({ when, error }, async (inject, call) => {
        const { world, files } = await openLandedWorld();
        const { port, happened } = inject(world.ports);
        const unnoted = new Set<string>();
        await play(world, files, port, async () => {
          for (const runId of await findUnnoted(world)) unnoted.add(runId);
        });
        if (!happened()) return false;
        world.ports.clock.advance(HOUR);
        const swept = await world.sweep();
        expect({ call, problems: swept.firstProblems }).toEqual({ call, problems: [] });
        await world.drain();
        expect({ call, ...(await describeWorld(world)) }).toEqual({ call, ...expected });
        repeatedNotices += requireOnce(world, unnoted);
        return true;
      });
      expect(faults).toBeGreaterThan(150);
      // Between sending a notice and noting it lie very few calls.
      expect(repeatedNotices).toBeLessThan(faults / 10);
    },
    120_000,
  );

  test.each(CASES)(
    'a fault anywhere in a sweep that found no event handled: %s a call takes effect, %s',
    async (when, _, error) => {
      const calm = await openLandedWorld();
      await play(calm.world, calm.files, calm.world.ports, async () => {});
      const expected = await describeWorld(calm.world);

      const faults = await visitFaults({ when, error }, async (inject, call) => {
        const { world } = await openLandedWorld();
        const { port, happened } = inject(world.ports);
        world.ports.clock.advance(HOUR);
        const unnoted = new Set<string>();
        const sweepOnce = async () => {
          await world.sweep(port).catch(() => undefined);
          for (const runId of await findUnnoted(world)) unnoted.add(runId);
          for (const jobRunId of world.running()) await world.work(jobRunId).catch(() => undefined);
          world.ports.clock.advance(HOUR);
        };
        // No event is ever handled: one sweep starts, one hears of the ends and starts what waited, and so on.
        for (let sweeps = 0; sweeps < 4; sweeps++) await sweepOnce();
        if (!happened()) return false;
        await world.sweep();
        await world.drain();
        expect({ call, ...(await describeWorld(world)) }).toEqual({ call, ...expected });
        requireOnce(world, unnoted);
        return true;
      });
      expect(faults).toBeGreaterThan(100);
    },
    120_000,
  );
});
