import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { LandedFile } from '../../../src/ports/landing-zone.port.ts';
import { deriveRunId } from '../../../src/use-cases/runs/run-id.ts';
import { splitIntoRuns } from '../../../src/use-cases/runs/split-into-runs.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { withPauses } from '../../support/with-pauses.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const day = (i: number) => keyOf(`2023-03-${String(i).padStart(2, '0')}`);

function land(world: RunsWorld, ...days: readonly number[]): LandedFile[] {
  return days.map((i) => world.ports.landing.put(day(i), csv(row(`T-${i}`))));
}

function runIdsOf({ runs }: Awaited<ReturnType<RunsWorld['plan']>>): string[] {
  return runs.flatMap((run) => ('runId' in run ? [run.runId] : []));
}

describe('the id of a run', () => {
  const file = (key: string, version = '1', attempt = 1) => ({
    file: { key, version, size: 1, modifiedAt: 0 },
    attempt,
  });

  test('is the same for the same set of versions and attempts, in any order', async () => {
    const id = await deriveRunId([file('a'), file('b', '2')]);
    expect(await deriveRunId([file('b', '2'), file('a')])).toBe(id);
    expect(id).toMatch(/^run-[0-9a-f]{24}$/);
  });

  test('stays the same for good: what a ledger knows under it must be found again', async () => {
    expect(await deriveRunId([file('a'), file('b', '2')])).toBe('run-8a6d3520709d0851e0310a80');
  });

  test('is another one for another key, version, attempt or set', async () => {
    const sets = [
      [file('a')],
      [file('b')],
      [file('a', '2')],
      [file('a', '1', 2)],
      [file('a'), file('b')],
      [file('a","1'), file('')],
    ];
    expect(new Set(await Promise.all(sets.map(deriveRunId))).size).toBe(sets.length);
  });
});

describe('the parting into runs', () => {
  test('has each file once, a key once a run, versions of a key in the order of their age, and no run above its cap', () => {
    const files = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), modifiedAt: fc.nat(3) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 7 }), (given, maxFiles) => {
        const attempted = given.map((file, i) => ({ file: { ...file, size: 1, version: `${i}` }, attempt: 1 }));
        const runs = splitIntoRuns(attempted, maxFiles);
        expect(
          runs
            .flat()
            .map(({ file }) => file.version)
            .toSorted(),
        ).toEqual(attempted.map(({ file }) => file.version).toSorted());
        for (const run of runs) {
          expect(run.length).toBeLessThanOrEqual(maxFiles);
          expect(run.length).toBeGreaterThan(0);
          expect(new Set(run.map(({ file }) => file.key)).size).toBe(run.length);
          const keys = run.map(({ file }) => file.key);
          expect(keys).toEqual(keys.toSorted());
        }
        for (const key of 'abcde') {
          const inOrder = runs.flat().flatMap(({ file }) => (file.key === key ? [file] : []));
          const expected = inOrder.toSorted(
            (a, b) => a.modifiedAt - b.modifiedAt || Number(a.version) - Number(b.version),
          );
          expect(inOrder).toEqual(expected);
        }
      }),
    );
  });
});

describe('planning', () => {
  test('starts one job for the files that landed, under the policy that was given', async () => {
    const world = await openRunsWorld();
    const { runs, leftOut } = await world.plan(land(world, 1, 2));
    const [runId] = runIdsOf({ runs, leftOut });
    expect(runs).toEqual([{ kind: 'started', runId, jobRunId: 'job-1' }]);
    expect(leftOut).toEqual([]);
    const entry = await world.ports.ledger.read(runId!);
    expect(entry).toMatchObject({ state: { kind: 'started', jobRunId: 'job-1' }, policy: world.options.policy });
    expect(entry!.files.map(({ key }) => key)).toEqual([day(1), day(2)]);
  });

  test('does nothing for no files', async () => {
    const world = await openRunsWorld();
    expect(await world.plan([])).toEqual({ runs: [], leftOut: [] });
    expect(await world.openRuns()).toEqual([]);
  });

  test('leaves out what runs hold, while they go on and after they ended', async () => {
    const world = await openRunsWorld();
    const files = land(world, 1, 2);
    await world.plan(files);
    expect(await world.plan(files.toReversed())).toEqual({ runs: [], leftOut: files.toReversed() });
    await world.drain();
    expect((await world.plan(files)).runs).toEqual([]);
    expect(world.ports.launcher.jobs()).toHaveLength(1);
  });

  test('takes only what is free of a set that overlaps', async () => {
    const world = await openRunsWorld();
    const files = land(world, 1, 2, 3);
    await world.plan(files.slice(0, 2));
    const { runs, leftOut } = await world.plan(files);
    expect(leftOut).toEqual(files.slice(0, 2));
    const entry = await world.ports.ledger.read(runIdsOf({ runs, leftOut })[0]!);
    expect(entry!.files).toEqual([files[2]]);
  });

  test('gives a file version that is named twice to one run, once', async () => {
    const world = await openRunsWorld();
    const [file] = land(world, 1);
    const { runs } = await world.plan([file!, { ...file! }, file!]);
    expect(runs).toHaveLength(1);
    expect((await world.openRuns())[0]!.files).toEqual([file]);
  });

  test('gives versions of one key to successive runs, the oldest first', async () => {
    const world = await openRunsWorld({ mostJobs: 1 });
    const [first, second, third] = land(world, 1, 1, 1);
    const { runs } = await world.plan([third!, first!, second!]);
    expect(runs.map(({ kind }) => kind)).toEqual(['started', 'busy', 'busy']);
    await world.drain();
    const order = await Promise.all(
      world.ports.launcher.jobs().map(async ({ runId }) => (await world.ports.ledger.read(runId!))!.files[0]!.version),
    );
    expect(order).toEqual([first!.version, second!.version, third!.version]);
  });

  test('leaves alone what a run holds of which the ledger has no entry: a sweep frees it', async () => {
    const world = await openRunsWorld();
    const files = land(world, 1);
    await world.ports.ledger.claim('run-lost', files);
    expect(await world.plan(files)).toEqual({ runs: [], leftOut: files });
  });

  test('does not take up a version that failed as often as it may', async () => {
    const world = await openRunsWorld();
    const [file] = land(world, 1);
    for (let attempt = 1; attempt <= 3; attempt++) {
      const runId = runIdsOf(await world.plan([file!]))[0]!;
      await world.ports.ledger.release(runId, [file!]);
    }
    expect(await world.plan([file!])).toEqual({ runs: [], leftOut: [file] });
  });

  test('closes a run as void, without a job and a notice, whose files others got first', async () => {
    const world = await openRunsWorld();
    const [file] = land(world, 1);
    const { ledger } = world.ports;
    // Somebody claims between the look and the claim.
    const late = Object.assign(Object.create(ledger), {
      plan: async (run: Parameters<typeof ledger.plan>[0]) => {
        await ledger.claim('run-other', run.files);
        return ledger.plan(run);
      },
    });
    const bound = new Proxy(late, {
      get: (target, name) => (Object.hasOwn(target, name) ? target[name] : Reflect.get(ledger, name).bind?.(ledger)),
    });
    const { runs } = await world.plan([file!], { ...world.ports, ledger: bound });
    expect(runs).toEqual([{ kind: 'void', runId: expect.any(String) }]);
    expect(await world.openRuns()).toEqual([]);
    expect([world.ports.launcher.jobs(), world.notified()]).toEqual([[], []]);
  });

  test('has one run a version and one job a run, however many plan overlapping sets at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.subarray([1, 2, 3, 4, 5, 6], { minLength: 1 }), { minLength: 2, maxLength: 5 }),
        async (seed, sets) => {
          const world = await openRunsWorld();
          const files = land(world, 1, 2, 3, 4, 5, 6);
          const calls = sets.flatMap((set, i) => [
            world.plan(
              set.map((n) => files[n - 1]!),
              withPauses(world.ports, seed + i),
            ),
            world.plan(
              set.map((n) => files[n - 1]!),
              withPauses(world.ports, seed - i),
            ),
          ]);
          await Promise.all(calls);
          const started = world.ports.launcher.jobs().map(({ runId }) => runId);
          expect(new Set(started).size).toBe(started.length);
          const taken = (await world.openRuns()).flatMap((entry) => entry.files.map(({ key }) => key));
          const wanted = [...new Set(sets.flat())].map(day);
          expect(taken.toSorted()).toEqual(wanted.toSorted());
          expect((await world.openRuns()).every(({ state }) => state.kind === 'started')).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
