import { PortError } from '@weir/core';
import { describeServiceFault } from '../faults/describe-service-fault.ts';
import { DoubtfulStart } from './start-at-most-once.ts';

const CALLS = {
  start: { permission: 'glue:StartJobRun', what: 'cannot be started for run' },
  find: { permission: 'glue:GetJobRuns', what: 'cannot be searched for run' },
  read: { permission: 'glue:GetJobRun', what: 'cannot be asked about job run' },
};

/** The one translation of what Glue answers. `subject` is the run or the job run that the call was about. */
export function toJobFault(error: unknown, jobName: string, call: keyof typeof CALLS, subject: string): PortError {
  const { permission, what } = CALLS[call];
  const context = { jobName, [call === 'read' ? 'jobRunId' : 'runId']: subject };
  if (error instanceof DoubtfulStart) {
    return new PortError({
      code: 'job.start-unknown',
      message: `Whether the Glue job ${jobName} was started for run ${subject} is not known: the answer was lost.`,
      remedy: 'Look for a job of the run before it is started again; the schedule does.',
      retryable: true,
      context,
      cause: error.thrown,
    });
  }
  const { kind, reason, remedy, retryable, serviceCode, status } = describeServiceFault(error, 'Glue', permission);
  const isMissing = serviceCode === 'EntityNotFoundException';
  const isForbidden = kind === 'forbidden' || kind === 'credentials';
  return new PortError({
    code: isMissing ? 'job.not-found' : isForbidden ? 'job.forbidden' : 'job.unreachable',
    message: `The Glue job ${jobName} ${what} ${subject}: ${isMissing ? 'there is no such job' : reason}.`,
    ...tellRemedy(isMissing ? 'Deploy again, or correct glue.jobName in the configuration.' : remedy),
    retryable: !isMissing && retryable,
    context: { ...context, serviceCode, status },
    cause: error,
  });
}

function tellRemedy(remedy: string | undefined): { remedy?: string } {
  return remedy === undefined ? {} : { remedy };
}
