import {
  CancelStatementCommand,
  DescribeStatementCommand,
  type DescribeStatementCommandOutput,
  type RedshiftDataClient,
} from '@aws-sdk/client-redshift-data';
import type { Statement } from '@weir/warehouse-sql';
import type { DataApiCalls } from './data-api-calls.ts';
import { DataApiFault, isPassing } from './data-api-fault.ts';

export interface WaitOptions {
  /** Milliseconds that a statement or a transaction may take before it is cancelled. Default 6 hours. */
  readonly statementTimeout?: number | undefined;
  /** Seconds that the service may hold a question for a statement's state, at most 30; 0 for not at all. Default 20. */
  readonly waitSeconds?: number | undefined;
  /** Milliseconds on a clock that never goes back; for tests. */
  readonly elapsed?: (() => number) | undefined;
}

/** Milliseconds between two questions about a statement's state, once the short ones are through. */
const LONGEST_PAUSE = 2_000;
/** Milliseconds that a cancelled statement has to say that it ended. */
const CANCEL_TIME = 60_000;

/**
 * Submits one statement or a batch and waits for its end.
 *
 * @param submit sends it, with the same token each time
 * @throws DataApiFault
 */
export async function runStatement(
  calls: DataApiCalls,
  statements: readonly Statement[],
  submit: (client: Pick<RedshiftDataClient, 'send'>) => Promise<{ readonly Id?: string | undefined }>,
  options: WaitOptions,
): Promise<DescribeStatementCommandOutput> {
  const { Id: id } = await calls.call(submit);
  const described = await waitForEnd(calls, id!, options);
  if (described.Status === 'FINISHED') return described;
  throw toFault(statements, described);
}

async function waitForEnd(
  calls: DataApiCalls,
  id: string,
  { statementTimeout = 6 * 3_600_000, waitSeconds = 20, elapsed = () => performance.now() }: WaitOptions,
): Promise<DescribeStatementCommandOutput> {
  let deadline = elapsed() + statementTimeout;
  let isCancelled = false;
  let wait = waitSeconds;
  for (let asked = 1; ; asked++) {
    const described = await unanswered(calls, async (client) => {
      try {
        const input = wait === 0 ? { Id: id } : { Id: id, WaitTimeSeconds: wait };
        return await client.send(new DescribeStatementCommand(input));
      } catch (error) {
        // Others hold too many such questions: ask without.
        if ((error as Error).name === 'ActiveWaitingRequestsExceededException') wait = 0;
        throw error;
      }
    });
    if (['FINISHED', 'FAILED', 'ABORTED'].includes(described.Status ?? '')) return described;
    if (elapsed() > deadline) {
      if (isCancelled) throw timedOut(id);
      isCancelled = true;
      deadline = elapsed() + CANCEL_TIME;
      await calls.call((client) => client.send(new CancelStatementCommand({ Id: id }))).catch(() => undefined);
    }
    await calls.backoff.pause(asked, LONGEST_PAUSE);
  }
}

/** Whatever goes wrong while asking: the statement was taken, so it may run. */
async function unanswered<Output>(
  calls: DataApiCalls,
  send: (client: Pick<RedshiftDataClient, 'send'>) => Promise<Output>,
): Promise<Output> {
  try {
    return await calls.call(send);
  } catch (error) {
    throw error instanceof DataApiFault ? error.asUnanswered() : error;
  }
}

function timedOut(id: string): DataApiFault {
  return new DataApiFault({
    phase: 'unanswered',
    isTransient: false,
    words: `Statement ${id} was cancelled after its time, and does not end.`,
  });
}

function toFault(statements: readonly Statement[], described: DescribeStatementCommandOutput): DataApiFault {
  const subs = described.SubStatements ?? [];
  const sub = subs.find(({ Status }) => Status === 'FAILED');
  const words = [described.Error, sub?.Error].filter((text) => text !== undefined && text !== '').join('; ');
  const isAborted = described.Status === 'ABORTED';
  const queryId = sub?.RedshiftQueryId ?? described.RedshiftQueryId ?? 0;
  return new DataApiFault({
    phase: 'failed',
    isTransient: !isAborted && isPassing(words),
    words: isAborted ? `ABORTED ${words}` : words,
    statement:
      sub === undefined ? (statements.length === 1 ? statements[0]!.name : undefined) : nameOf(sub, statements),
    queryId: queryId > 0 ? queryId : undefined,
  });
}

/** A statement of a batch has the batch's id and its place, from 1: `d9b6c0c9-...:2`. */
function nameOf(
  { Id: id = '' }: { readonly Id?: string | undefined },
  statements: readonly Statement[],
): string | undefined {
  return statements[Number(id.slice(id.lastIndexOf(':') + 1)) - 1]?.name;
}
