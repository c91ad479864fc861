import { expect } from '@jest/globals';
import fc from 'fast-check';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { PolicyInput } from '../../src/policy/policy.ts';
import type { Fact, FactReader } from '../../src/ports/fact-reader.port.ts';
import type { RunHistory } from '../../src/ports/run-history.port.ts';
import type { RunUndo } from '../../src/ports/run-undo.port.ts';
import type { Warehouse } from '../../src/ports/warehouse.port.ts';
import { ManualClock } from '../../src/testing/index.ts';
import { undoRun } from '../../src/use-cases/undo/index.ts';
import { arbitraryDeliveries, type Delivery } from './arbitrary-deliveries.ts';
import { readArchive } from './read-archive.ts';
import { openWorld } from './world.ts';

const HOUR = 3_600_000;
const MOST_RUNS = 5;

/** Deliveries in runs, and which of these are undone, each after some run. */
export interface UndoneRuns {
  readonly runs: readonly (readonly Delivery[])[];
  readonly undos: readonly { readonly no: number; readonly after: number }[];
  readonly policy: PolicyInput;
}

export const undoneRuns: fc.Arbitrary<UndoneRuns> = fc.record({
  runs: fc
    .tuple(arbitraryDeliveries, fc.array(fc.nat(MOST_RUNS - 1), { minLength: 6, maxLength: 6 }))
    .map(([all, places]) => splitIntoRuns(all, places)),
  undos: fc.array(fc.record({ no: fc.nat(MOST_RUNS), after: fc.nat(MOST_RUNS) }), { minLength: 1, maxLength: 4 }),
  policy: fc.record({
    decisions: fc.constantFrom('all', 'all', 'changes', 'none'),
    terminalStatuses: fc.constantFrom([], ['Refunded']),
  }),
});

export type UndoneWarehouse = Warehouse & Pick<RunHistory, 'run'> & Pick<FactReader, 'facts'> & RunUndo;

/** What the stories held, so that a test can tell whether they were worth their while. */
export const SEEN = { restored: 0, deleted: 0, left: 0, again: 0 };

/** Plays a story in one empty warehouse, and in another one without the runs that were undone. */
export async function checkUndoneRuns(
  story: UndoneRuns,
  seen: typeof SEEN,
  openWarehouse: () => Promise<UndoneWarehouse>,
): Promise<void> {
  const gone = new Set<number>();
  const left = new Set<string>();
  const told = await play(story, await openWarehouse(), async (no, context) => {
    const { warehouse, world, clock } = context;
    const before = await readFacts(warehouse);
    const { dimensions, unpacker, archive } = world;
    const outcome = await undoRun(
      { undo: warehouse, history: warehouse, archive: readArchive(archive), dimensions, unpacker, clock },
      { runId: `run-${no}`, policy: parsePolicy(story.policy), confirm: async () => true },
    );
    if (outcome.kind !== 'undone') {
      expect(outcome.kind).toBe(gone.has(no) ? 'undone-before' : 'unknown');
      return;
    }
    if (gone.size > 0) seen.again++;
    gone.add(no);
    const { facts, restored, deleted, left: reasons } = outcome.books;
    expect(facts).toBe(before.filter(({ run_id }) => run_id === `run-${no}`).length);
    expect(facts).toBe(restored + deleted + reasons.reduce((sum, reason) => sum + reason.facts, 0));
    for (const { reason, first } of reasons) {
      expect([reason, story.policy.decisions]).not.toEqual([reason, 'all']);
      expect(reason).toBe('decisions-not-kept');
      for (const { transactionId } of first) left.add(transactionId);
    }
    seen.restored += restored;
    seen.deleted += deleted;
  });
  const runs = story.runs.map((deliveries, no) => (gone.has(no) ? [] : deliveries));
  const expected = await play({ ...story, runs }, await openWarehouse(), async () => undefined);
  const isSure = ({ transaction_id }: Fact) => !left.has(transaction_id);
  expect(told.filter(isSure)).toEqual(expected.filter(isSure));
  seen.left += left.size;
}

interface Context {
  readonly warehouse: UndoneWarehouse;
  readonly world: Awaited<ReturnType<typeof openWorld>>;
  readonly clock: ManualClock;
}

async function play(
  { runs, undos, policy }: UndoneRuns,
  warehouse: UndoneWarehouse,
  undo: (no: number, context: Context) => Promise<void>,
): Promise<readonly Fact[]> {
  const world = await openWorld(policy);
  const clock = new ManualClock();
  for (let no = 0; no <= MOST_RUNS; no++) {
    clock.advance(HOUR);
    for (const { key, content, modifiedAt } of runs[no] ?? []) world.landing.put(key, content, modifiedAt);
    if ((runs[no] ?? []).length > 0) await world.run({ runId: `run-${no}`, ports: { clock, warehouse } });
    for (const { no: undone, after } of undos) {
      if (after !== no) continue;
      clock.advance(1);
      await undo(undone, { warehouse, world, clock });
    }
  }
  return readFacts(warehouse);
}

/** Of one key one content a run. */
function splitIntoRuns(all: readonly Delivery[], places: readonly number[]): readonly (readonly Delivery[])[] {
  const runs: Delivery[][] = Array.from({ length: MOST_RUNS }, () => []);
  for (const [i, delivery] of all.entries()) {
    const fits = (no: number) => runs[no]!.every(({ key }) => key !== delivery.key);
    const no = [places[i]!, 0, 1, 2, 3, 4].find(fits);
    if (no !== undefined) runs[no]!.push(delivery);
  }
  return runs;
}

async function readFacts(warehouse: Pick<FactReader, 'facts'>): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const batch of warehouse.facts()) facts.push(...batch);
  return facts;
}
