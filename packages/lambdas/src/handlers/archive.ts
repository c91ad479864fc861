import { PortError } from '@weir/core';
import { type ArchivePorts, archiveRun } from '@weir/core/runs';
import { parseJobEvent } from '../events/parse-job-event.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { tellIgnored } from '../telemetry/tell-ignored.ts';
import type { FunctionWork } from './function-work.ts';

export interface ArchiveSettings {
  readonly jobName: string;
  readonly maxAttempts: number;
}

/**
 * After a job ended: takes exactly the file versions that its run committed to the archive, and those that it refused to the
 * quarantine. Where some could not be moved, the invocation fails, so that Lambda and after it a sweep try again.
 */
export function createArchive(
  ports: ArchivePorts,
  { jobName, maxAttempts }: ArchiveSettings,
  telemetry: Telemetry,
): FunctionWork {
  return async (event) => {
    const job = parseJobEvent(event, jobName);
    if (job.kind === 'ignored') {
      tellIgnored(telemetry, job.reason);
      return { kind: 'ignored' };
    }
    const { jobRunId } = job;
    const archival = await archiveRun(ports, { jobRunId }, { maxAttempts });
    telemetry.info(TOLD[archival.kind], { jobRunId, ...archival });
    if (archival.kind === 'settled' || archival.kind === 'incomplete') {
      telemetry.count('FilesArchived', archival.archived);
      telemetry.count('FilesQuarantined', archival.quarantined);
    }
    if (archival.kind === 'incomplete') {
      const { runId, notMoved } = archival;
      telemetry.count('FilesNotMoved', notMoved);
      throw new PortError({
        code: 'archive.incomplete',
        message: `${notMoved} files of run ${runId} could not be moved; they are committed or refused, and lie where they landed.`,
        remedy: 'The next sweep tries again. The log names the first of them with their faults.',
        retryable: true,
        context: { runId, notMoved },
      });
    }
    return archival;
  };
}

const TOLD = {
  settled: 'The files of the run are taken care of.',
  incomplete: 'Some files of the run could not be moved.',
  'settled-before': 'The files of the run were taken care of before.',
  'under-way': 'The job is said to have ended, but its run is still under way. A sweep looks again.',
  'not-started': 'The job is said to have ended, but its run was not started. A sweep looks again.',
  missing: 'No run is known that this job was started for.',
};
