import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../src/policy/parse-policy.ts';
import type { RunLedger } from '../../../src/ports/run-ledger.port.ts';
import { InMemoryRunLedger } from '../../../src/testing/index.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { changeFields } from '../../../src/use-cases/runs/run-fields.ts';

const FILE = { key: 'a.csv', size: 1, modifiedAt: 0, version: '1' };

async function openLedger(): Promise<InMemoryRunLedger> {
  const ledger = new InMemoryRunLedger();
  await ledger.plan({ runId: 'run-1', plannedAt: 0, policy: parsePolicy({}), files: [FILE] });
  return ledger;
}

/** A ledger in which somebody else is faster so many times. */
function contend(ledger: InMemoryRunLedger, times: number): RunLedger {
  let left = times;
  return new Proxy(ledger, {
    get: (target, name) => {
      if (name !== 'replace') return Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name);
      return async (...args: Parameters<RunLedger['replace']>) => {
        if (left-- > 0) {
          const current = (await target.read('run-1'))!;
          await target.replace(current, changeFields(current, { lease: { owner: 'other', token: 9, until: left } }));
        }
        return target.replace(...args);
      };
    },
  });
}

describe('a change of a run', () => {
  test('is decided anew on what somebody faster left', async () => {
    const ledger = await openLedger();
    const seen: (number | undefined)[] = [];
    const change = await changeRun(contend(ledger, 3), 'run-1', (entry) => {
      seen.push(entry.lease?.until);
      return changeFields(entry, { notifiedAt: 7 });
    });
    expect(seen).toEqual([undefined, 2, 1, 0]);
    expect(change).toEqual({ kind: 'changed', entry: await ledger.read('run-1') });
    expect((await ledger.read('run-1'))?.lease?.owner).toBe('other');
  });

  test('gives up with a fault that may pass where others are always faster', async () => {
    const ledger = contend(await openLedger(), 1000);
    let tries = 0;
    const change = changeRun(ledger, 'run-1', (entry) => {
      tries++;
      return changeFields(entry, { notifiedAt: 7 });
    });
    await expect(change).rejects.toMatchObject({
      code: 'ledger.contended',
      message: 'The entry of run run-1 in memory:ledger was changed by others 20 times in a row.',
      remedy: 'Try again.',
      retryable: true,
      context: { runId: 'run-1' },
    });
    expect(tries).toBe(20);
  });

  test('is made by one of several at a time where only one may make it', async () => {
    const ledger = await openLedger();
    const changes = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        changeRun(ledger, 'run-1', (entry) =>
          entry.notifiedAt === undefined ? changeFields(entry, { notifiedAt: i }) : undefined,
        ),
      ),
    );
    expect(changes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
  });

  test('is none where the run is closed, or is not known', async () => {
    const ledger = await openLedger();
    await changeRun(ledger, 'run-1', (entry) => changeFields(entry, { notifiedAt: 7, settledAt: 7 }));
    const change = await changeRun(ledger, 'run-1', (entry) => changeFields(entry, { notifiedAt: 8 }));
    expect(change).toMatchObject({ kind: 'unchanged', entry: { notifiedAt: 7 } });
    expect(await changeRun(ledger, 'run-2', (entry) => changeFields(entry))).toEqual({ kind: 'missing' });
  });
});
