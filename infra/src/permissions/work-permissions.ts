import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StatefulStack } from '../stateful/stateful-stack.ts';
import {
  mayKeepLedger,
  mayReadLanded,
  mayReadPrograms,
  mayRemoveStagedDimensions,
  mayStage,
  mayTakeAwayLanded,
  mayTakeInto,
  mayUseDataKey,
} from './data-access.ts';
import { mayQuery, mayReadJob, maySendNotices, maySetUp, mayStartJob } from './service-access.ts';

export const FUNCTION_NAMES = ['files-landed', 'run-finished', 'archive', 'reconcile', 'dimensions'] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export const TRANSACTIONS = 'transactions/';
export const DIMENSIONS = 'dimensions/';

/** Who may do what, besides what Lambda and Glue ask for: the whole list, in one place. */
export function workPermissions(
  { buckets, keys, warehouse, notices }: StatefulStack,
  jobArn: string,
): Record<FunctionName | 'glue-job', PolicyStatement[]> {
  const { landing, archive, quarantine, staging, ledger, programs } = buckets;
  const useData = mayUseDataKey(keys.data);
  const send = maySendNotices({ topicArn: notices.topic.topicArn, keyArn: keys.messages.keyArn });
  return {
    'files-landed': [
      ...mayReadLanded(landing, TRANSACTIONS),
      ...mayKeepLedger(ledger),
      ...mayStartJob(jobArn),
      ...useData,
    ],
    'run-finished': [...mayKeepLedger(ledger), ...mayStartJob(jobArn), ...mayQuery(warehouse), ...send, ...useData],
    archive: [
      ...mayTakeAwayLanded(landing, TRANSACTIONS),
      ...mayTakeInto(archive),
      ...mayTakeInto(quarantine),
      ...mayKeepLedger(ledger),
      ...mayReadJob(jobArn),
      ...mayQuery(warehouse),
      ...useData,
    ],
    reconcile: [
      ...mayTakeAwayLanded(landing, TRANSACTIONS),
      ...mayTakeInto(archive),
      ...mayTakeInto(quarantine),
      ...mayKeepLedger(ledger),
      ...mayStartJob(jobArn),
      ...mayQuery(warehouse),
      ...send,
      ...useData,
    ],
    dimensions: [
      ...mayTakeAwayLanded(landing, DIMENSIONS),
      ...mayTakeInto(quarantine),
      ...mayKeepLedger(ledger),
      ...mayStage(staging),
      ...mayRemoveStagedDimensions(staging),
      ...maySetUp(warehouse),
      ...send,
      ...useData,
    ],
    'glue-job': [
      ...mayReadLanded(landing, TRANSACTIONS),
      ...mayStage(staging),
      ...mayKeepLedger(ledger),
      ...mayReadPrograms(programs),
      ...mayQuery(warehouse),
      ...useData,
    ],
  };
}
