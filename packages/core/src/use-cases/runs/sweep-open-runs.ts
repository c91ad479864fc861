import { PortError } from '../../ports/port-error.ts';
import type { RunEntry } from '../../ports/run-ledger.port.ts';
import { archiveRun } from './archive-run.ts';
import { closeIfDone } from './change-run.ts';
import { establishEnd } from './establish-end.ts';
import type { RunPorts } from './run-ports.ts';
import { isClosed, isEnded } from './run-states.ts';
import { type NoticeOptions, sendNotice } from './send-notice.ts';
import type { SweepReport } from './sweep-report.ts';

/** Carries on what is due of every run that is not closed, but for those that wait to be started. */
export async function sweepOpenRuns(ports: RunPorts, options: NoticeOptions, report: SweepReport): Promise<void> {
  for await (const page of ports.ledger.openRuns()) {
    for (const entry of page) {
      await report.attempt(entry.runId, () => carryOn(ports, entry, options, report));
    }
  }
}

async function carryOn(ports: RunPorts, listed: RunEntry, options: NoticeOptions, report: SweepReport): Promise<void> {
  const { runId } = listed;
  if (isClosed(listed)) return await closeIfDone(ports.ledger, listed);
  const end = await establishEnd(ports, { runId });
  if (end.kind !== 'ended') return;
  if (!isEnded(listed.state)) report.ended.push(runId);
  // Each on its own: a place that takes no file must not keep people from being told, nor the other way round.
  if (end.entry.settledAt === undefined) await report.attempt(runId, () => archive(ports, runId, options, report));
  if ((await sendNotice(ports, runId, options)) === 'sent') report.notified.push(runId);
}

async function archive(ports: RunPorts, runId: string, options: NoticeOptions, report: SweepReport): Promise<void> {
  const archival = await archiveRun(ports, { runId }, options);
  if (archival.kind !== 'settled' && archival.kind !== 'incomplete') return;
  report.released += archival.released;
  if (archival.kind === 'settled') report.settled.push(runId);
  else {
    const [first] = archival.problems;
    throw new PortError({
      code: first!.problem.code,
      message: `${archival.notMoved} file(s) of run ${runId} could not be taken away; the first is ${JSON.stringify(first!.key)}: ${first!.problem.message}`,
    });
  }
}
