import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultForm } from '@weir/aws-simulator';
import { isPortError, type PortError } from '@weir/core';
import { buildDelivery, commitDeliveries } from '@weir/core/testing';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const FORMS: readonly FaultForm[] = [500, 'reset', 'throttle'];
const MOST_CALLS = 60;

let subject: RedshiftSubject;

beforeAll(async () => {
  subject = await openRedshift();
}, 60_000);
afterAll(() => subject.close());

// One call after the other is made to fail, until a commit goes through without meeting the fault.
describe.each(['before', 'after'] as const)('a commit of which a call fails %s its work', (when) => {
  test.each(FORMS)(
    'is right, or says what is true, and can be repeated: %s',
    async (as) => {
      const outcomes: string[] = [];
      for (let call = 1; ; call++) {
        expect(call).toBeLessThan(MOST_CALLS);
        const name = `${when}-${as}-${call}`;
        const delivery = buildDelivery({
          key: `${name}.csv`,
          rows: [{ transaction_id: `${name}-1` }, { transaction_id: `${name}-2` }],
          rejects: [{}],
        });
        const fault = subject.simulator.injectFault({ service: 'RedshiftData', operation: '*', call, when, as });
        const outcome = await commitDeliveries(subject.openWarehouse(), name, [delivery]).catch((error) => error);
        fault.remove();
        outcomes.push(isPortError(outcome) ? outcome.code : 'done');
        if (outcome instanceof Error) expectTrueError(outcome, await countRows(name));
        else expect(outcome.files[0]).toMatchObject({ status: 'loaded', books: { inserted: 2, rejected: 1 } });
        const again = await commitDeliveries(subject.openWarehouse(), `${name}-again`, [delivery]);
        if (!(outcome instanceof Error)) expect(again.files[0]!.status).toBe('already-loaded');
        expect(await countRows(name)).toBe(2);
        if (!fault.hasFired) break;
      }
      // One call at a time: the next try of it goes through.
      expect(new Set(outcomes)).toEqual(new Set(['done']));
      expect(outcomes.length).toBeGreaterThan(5);
    },
    120_000,
  );
});

describe('a commit of which an operation fails from some call on', () => {
  test.each(['BatchExecuteStatement', 'DescribeStatement', 'GetStatementResult'])(
    'is right, or says what is true, and can be repeated: %s',
    async (operation) => {
      const outcomes = new Set<string>();
      for (const when of ['before', 'after'] as const) {
        for (let first = 1; first <= 4; first++) {
          const name = `${operation}-${when}-${first}`;
          const delivery = buildDelivery({ key: `${name}.csv`, rows: [{ transaction_id: name }] });
          const warehouse = subject.openWarehouse();
          const stage = await warehouse.openStage(name);
          await stage.close();
          const faults = Array.from({ length: 500 }, (_, i) =>
            subject.simulator.injectFault({ service: 'RedshiftData', operation, call: first + i, when, as: 500 }),
          );
          const outcome = await commitDeliveries(warehouse, name, [delivery]).catch((error) => error);
          for (const fault of faults) fault.remove();
          outcomes.add(isPortError(outcome) ? outcome.code : 'done');
          await subject.simulator.settle();
          if (outcome instanceof Error) expectTrueError(outcome, await countRows(name));
          await commitDeliveries(subject.openWarehouse(), `${name}-again`, [delivery]);
          expect(await countRows(name)).toBe(1);
        }
      }
      expect(outcomes).toContain('warehouse.commit-unknown');
    },
    120_000,
  );
});

/** `unreachable` may be told only where nothing was committed; `commit-unknown` always. */
function expectTrueError(error: PortError | Error, committed: number): void {
  if (!isPortError(error)) throw error;
  expect(error.retryable).toBe(true);
  expect(['warehouse.commit-unknown', 'warehouse.unreachable', 'warehouse.busy']).toContain(error.code);
  if (error.code !== 'warehouse.commit-unknown') expect(committed).toBe(0);
}

async function countRows(name: string): Promise<number> {
  const [row] = await subject.query(
    `SELECT COUNT(*)::int AS n FROM fact_transactions WHERE transaction_id LIKE '${name}%'`,
  );
  return row!.n as number;
}
