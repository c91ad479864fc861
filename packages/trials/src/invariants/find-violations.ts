import type { IngestReport, Policy } from '@weir/core';
import { checkBooksClose } from './books-close.ts';
import { checkBytesKept } from './bytes-kept.ts';
import { checkCommitTogether } from './commit-together.ts';
import { checkNoFalseSuccess } from './no-false-success.ts';
import type { Observation, PlacedFile } from './observation.ts';

export interface TrialFacts {
  readonly policy: Pick<Policy, 'decisions'>;
  /** Every content that was ever put into the landing place. */
  readonly delivered: readonly PlacedFile[];
  /** Every report that a run gave. */
  readonly reports?: readonly IngestReport[];
}

/** What must hold at any moment between two runs, also of a trial that is not over: I1, I2, I5 and the first half of I6. */
export function findViolations(
  observation: Observation,
  { policy, delivered, reports }: TrialFacts,
): readonly string[] {
  return [
    ...checkBooksClose(observation),
    ...checkCommitTogether(observation, policy),
    ...checkBytesKept(observation, delivered),
    ...checkNoFalseSuccess(observation, reports),
  ];
}
