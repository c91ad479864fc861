import type { RunHistory } from '@weir/core';
import { type FinishPorts, finishRun, type NoticeContext } from '@weir/core/runs';
import { parseJobEvent } from '../events/parse-job-event.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { tellIgnored } from '../telemetry/tell-ignored.ts';
import { countRun } from './count-run.ts';
import type { FunctionWork } from './function-work.ts';
import { tellGauges } from './tell-gauges.ts';
import { tellStarts } from './tell-starts.ts';

export interface RunFinishedSettings {
  readonly jobName: string;
  readonly maxAttempts: number;
  readonly notice: NoticeContext;
}

/** After a job ended: tells people how its run went, once, and starts what waited for its place. */
export function createRunFinished(
  ports: FinishPorts & { readonly history: Pick<RunHistory, 'runs' | 'openRejects'> },
  { jobName, maxAttempts, notice }: RunFinishedSettings,
  telemetry: Telemetry,
): FunctionWork {
  return async (event, { requestId }) => {
    const job = parseJobEvent(event, jobName);
    if (job.kind === 'ignored') {
      tellIgnored(telemetry, job.reason);
      return { kind: 'ignored' };
    }
    const { jobRunId } = job;
    const { waiting, ...finish } = await finishRun(ports, { jobRunId }, { owner: requestId, notice, maxAttempts });
    tellStarts(waiting, telemetry);
    if (finish.kind === 'finished') {
      telemetry.info('The run is finished.', { jobRunId, ...finish });
      const isNew = finish.notice === 'sent';
      if (isNew && (await countRun(ports.ledger, finish.runId, telemetry))) await tellGauges(ports.history, telemetry);
    } else {
      telemetry.warn(`${UNFINISHED[finish.kind]} A sweep looks again.`, { jobRunId, ...finish });
    }
    return finish;
  };
}

const UNFINISHED = {
  missing: 'No run is known that this job was started for.',
  'under-way': 'The job is said to have ended, but its run is still under way.',
  'not-started': 'The job is said to have ended, but its run was not started.',
};
