import type { PendingReplay } from '../../ports/pending-replay.port.ts';
import type { ReplayOptions, ReplayPorts, ReplayReport } from './replay-options.ts';
import { ORPHAN_CODES, replayRejects } from './replay-rejects.ts';

export interface HealPorts extends ReplayPorts {
  readonly pending: Pick<PendingReplay, 'read' | 'advance' | 'complete'>;
}

export interface HealOptions extends Omit<ReplayOptions, 'filter' | 'after' | 'limit' | 'goesOn'> {
  /** Whether there is time for one run more. */
  readonly hasTime: () => boolean;
}

/**
 * Reads rejects again whose product or customer was missing, where that is due and as long as there is time; what is left is
 * left to the next call. May be stopped anywhere and be called by several at once.
 *
 * @returns a report for each time that it began, with the dimensions as they were then
 * @throws PortError as `replayRejects`
 */
export async function healPending(ports: HealPorts, options: HealOptions): Promise<readonly ReplayReport[]> {
  const { pending } = ports;
  const { hasTime } = options;
  const reports: ReplayReport[] = [];
  for (let due = await pending.read(); due !== undefined && hasTime(); due = await pending.read()) {
    let last: typeof due | undefined = due;
    const report = await replayRejects(ports, {
      ...options,
      filter: { codes: ORPHAN_CODES },
      after: due.after,
      goesOn: async (behind) => {
        // Where it was demanded anew, other dimensions are to be read.
        last = last && (await pending.advance(last, behind));
        return last !== undefined && hasTime();
      },
    });
    reports.push(report);
    if (report.isComplete && last !== undefined) await pending.complete(last);
  }
  return reports;
}
