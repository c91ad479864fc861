import { type Policy, PortError } from '@weir/core';
import { type NoticeContext, type RunPorts, reconcile } from '@weir/core/runs';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { countRun } from './count-run.ts';
import type { FunctionWork } from './function-work.ts';
import { countStarts } from './tell-starts.ts';

export interface ReconcileSettings {
  readonly policy: Policy;
  readonly maxAttempts: number;
  readonly notice: NoticeContext;
  /** A younger file is left to its event. Milliseconds. */
  readonly grace?: number | undefined;
}

/**
 * One sweep, whatever the event says. It fails where anything was left undone, after it did all else. A file that was given up is
 * told of when it is first seen so, not by every sweep.
 */
export function createReconcile(ports: RunPorts, settings: ReconcileSettings, telemetry: Telemetry): FunctionWork {
  let known: ReadonlySet<string> = new Set();
  return async (_event, { requestId }) => {
    const swept = await reconcile(ports, { ...settings, owner: requestId });
    const { firstGivenUp, firstProblems, ...numbers } = swept;
    telemetry.info('The sweep is done.', numbers);
    const waiting = new Map(firstGivenUp.map(({ key, version }) => [JSON.stringify([key, version]), { key, version }]));
    for (const [id, file] of waiting) {
      if (!known.has(id)) telemetry.warn('A file failed as often as it may, and waits for people.', file);
    }
    known = new Set(waiting.keys());
    for (const problem of firstProblems) telemetry.error('Something could not be done now.', { ...problem });

    telemetry.count('RunsSwept', new Set([...swept.ended, ...swept.notified, ...swept.settled]).size);
    telemetry.count('FilesGivenUp', swept.givenUp);
    countStarts(swept.starts, telemetry);
    for (const runId of swept.notified) await countRun(ports.ledger, runId, telemetry);
    if (swept.problems > 0) {
      throw new PortError({
        code: 'sweep.incomplete',
        message: `The sweep could not do ${swept.problems} things; the first is about ${firstProblems[0]!.about}.`,
        remedy: 'The next sweep tries again. The log names them with their faults.',
        retryable: true,
        context: { problems: swept.problems },
      });
    }
    return numbers;
  };
}
