import type { JobRun } from '@aws-sdk/client-glue';
import type { JobState } from '@weir/core';

/** What a state of Glue means. One that this version does not know counts as running until the run has an end. */
export function toJobState({ JobRunState: state, ErrorMessage, StateDetail, CompletedOn }: JobRun): JobState {
  switch (state) {
    case 'WAITING':
    case 'STARTING':
      return { kind: 'waiting' };
    case 'RUNNING':
    case 'STOPPING':
      return { kind: 'running' };
    case 'SUCCEEDED':
      return { kind: 'succeeded' };
    case 'FAILED':
    case 'TIMEOUT':
    case 'ERROR':
    case 'STOPPED':
    case 'EXPIRED':
      break;
    default:
      if (CompletedOn === undefined) return { kind: 'running' };
  }
  return { kind: 'failed', reason: ErrorMessage || StateDetail || `The job run ended in the state ${state}.` };
}
