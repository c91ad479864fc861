import { describe, expect, test } from '@jest/globals';
import { PortError } from '../../../src/ports/port-error.ts';
import { changeRun } from '../../../src/use-cases/runs/change-run.ts';
import { markFailed } from '../../../src/use-cases/runs/run-states.ts';
import { sendNotice } from '../../../src/use-cases/runs/send-notice.ts';
import { replaceMethods } from '../../support/replace-methods.ts';
import { openRunsWorld, type RunsWorld } from '../../support/runs-world.ts';
import { csv, keyOf, row } from '../../support/world.ts';

const [FIRST, SECOND] = [keyOf('2023-03-15'), keyOf('2023-03-16')];
const PROBLEM = { code: 'job.failed', message: 'It broke.', remedy: undefined };

/** A run of two files that has ended; the first one fails where it is gone before the job reads it. */
async function openEnded({ loses = false }: { readonly loses?: boolean } = {}) {
  const world = await openRunsWorld();
  const { landing } = world.ports;
  const { runs } = await world.plan([FIRST, SECOND].map((key, i) => landing.put(key, csv(row(`T-${i}`)))));
  if (loses) landing.remove(FIRST);
  await world.work('job-1');
  return { world, runId: (runs[0] as { runId: string }).runId };
}

const send = (world: RunsWorld, runId: string, maxAttempts?: number, ports = world.ports) =>
  sendNotice(ports, runId, { ...world.nextOptions(), maxAttempts });

describe('a notice', () => {
  test('of a run that is not there is none', async () => {
    const world = await openRunsWorld();
    expect(await send(world, 'run-9')).toBe('sent-before');
    expect(world.notified()).toEqual([]);
  });

  test('is sent under a lease that names who sends it', async () => {
    const { world, runId } = await openEnded();
    const owners: unknown[] = [];
    const notifier = { send: async () => void owners.push((await world.ports.ledger.read(runId))!.lease!.owner) };
    await send(world, runId, undefined, { ...world.ports, notifier } as never);
    expect(owners).toEqual([expect.stringMatching(/^notice call \d+$/)]);
  });

  test('names the files of a committed run that failed as often as they may, and no others', async () => {
    const { world, runId } = await openEnded({ loses: true });
    await send(world, runId, 1);
    const [{ document, text }] = world.ports.notifier.mailbox as [(typeof world.ports.notifier.mailbox)[number]];
    expect(document.state).toBe('gave-up');
    expect(text).toContain(`replay ${FIRST} from landing`);
    expect(text).not.toContain(`replay ${SECOND}`);
  });

  test('gives up on nothing that may be tried again, nor on what nobody claimed', async () => {
    const { world, runId } = await openEnded({ loses: true });
    await send(world, runId, 2);
    expect(world.ports.notifier.mailbox[0]!.document.state).toBe('failed-in-part');
    const { ledger } = world.ports;
    const { files, policy } = (await ledger.read(runId))!;
    const unclaimed = files.map((file) => ({ ...file, version: 'never' }));
    await ledger.plan({ runId: 'run-9', plannedAt: 0, policy, files: unclaimed });
    await changeRun(ledger, 'run-9', (entry) => markFailed(entry, PROBLEM));
    await send(world, 'run-9', 1);
    expect(world.ports.notifier.mailbox[1]!.document.state).toBe('failed');
  });

  test('of a run without failures asks for no claims', async () => {
    const { world, runId } = await openEnded();
    const ledger = replaceMethods(world.ports.ledger, { claims: () => Promise.reject(new Error('Asked.')) });
    expect(await send(world, runId, undefined, { ...world.ports, ledger })).toBe('sent');
  });

  test('counts as sent where the ledger loses the run meanwhile, and where its lease cannot be given back the fault is that of the notifier', async () => {
    const { world, runId } = await openEnded();
    let isLost = false;
    const ledger = replaceMethods(world.ports.ledger, {
      read: async (id) => (isLost ? undefined : world.ports.ledger.read(id)),
      replace: async (...args) => {
        if (isLost) throw new PortError({ code: 'ledger.unreachable', message: 'No.' });
        return world.ports.ledger.replace(...args);
      },
    });
    const sending = (outcome: () => Promise<void>) => ({
      send: () => {
        isLost = true;
        return outcome();
      },
    });
    const ports = { ...world.ports, ledger, notifier: sending(async () => undefined) };
    expect(await send(world, runId, undefined, ports as never)).toBe('sent');

    isLost = false;
    world.ports.clock.advance(10 * 60_000);
    const unread = replaceMethods(ledger, {
      read: async (id) => {
        if (isLost) throw new PortError({ code: 'ledger.unreachable', message: 'No.' });
        return world.ports.ledger.read(id);
      },
    });
    const notifier = sending(() => Promise.reject(new Error('It cannot be sent.')));
    await expect(send(world, runId, undefined, { ...world.ports, ledger: unread, notifier } as never)).rejects.toThrow(
      'It cannot be sent.',
    );
  });
});
