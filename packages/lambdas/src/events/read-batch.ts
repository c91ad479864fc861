import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { describeError } from '../telemetry/describe-error.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { MalformedEventError } from './object-event.ts';

export interface BatchRead<Result> {
  /** Of the messages that could be read, in no particular order. */
  readonly results: readonly Result[];
  /** Names the messages that could not: SQS delivers just those again. */
  readonly response: SQSBatchResponse;
}

/** Whether an event is a batch of messages of SQS. */
export function isQueueBatch(event: unknown): event is SQSEvent {
  const [first] = (event as Partial<SQSEvent> | null)?.Records ?? [];
  return first?.eventSource === 'aws:sqs';
}

/** Reads each message of a batch by itself: one that cannot be read fails alone, and why is logged. */
export async function readBatch<Result>(
  event: SQSEvent,
  telemetry: Telemetry,
  read: (message: unknown) => Promise<Result>,
): Promise<BatchRead<Result>> {
  const results: Result[] = [];
  const readRecord = async (record: SQSRecord) => {
    try {
      results.push(await read(parseBody(record.body)));
    } catch (error) {
      tellFailure(telemetry, record, error);
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.SQS);
  const options = { throwOnFullBatchFailure: false };
  return { results, response: await processPartialResponse(event, readRecord, processor, options) };
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new MalformedEventError('The message is no JSON.');
  }
}

function tellFailure(telemetry: Telemetry, { messageId, attributes }: SQSRecord, error: unknown): void {
  const isMalformed = error instanceof MalformedEventError;
  if (isMalformed) telemetry.count('MessagesMalformed', 1);
  const what = isMalformed
    ? 'A message holds no event of S3; it will end among the dead letters.'
    : 'A message failed.';
  const received = attributes?.ApproximateReceiveCount;
  telemetry.error(what, { messageId, received, fault: describeError(error) });
}
