import { PortError } from '@weir/core';
import { printable } from '../telemetry/printable.ts';
import type { ResourceAnswerAddress } from './parse-resource-event.ts';

export type ResourceAnswer =
  | { readonly kind: 'done'; readonly physicalId: string }
  | { readonly kind: 'failed'; readonly physicalId: string; readonly reason: string };

const LONGEST_REASON = 1000;

/**
 * Answers CloudFormation, which waits for it.
 *
 * @throws PortError `resource.not-answered` (retryable)
 */
export async function answerResource({ url, ids }: ResourceAnswerAddress, answer: ResourceAnswer): Promise<void> {
  const Reason = answer.kind === 'failed' ? printable(answer.reason).slice(0, LONGEST_REASON) : 'Done.';
  const Status = answer.kind === 'failed' ? 'FAILED' : 'SUCCESS';
  const body = JSON.stringify({ Status, Reason, PhysicalResourceId: answer.physicalId, ...ids });
  // The address is signed for a request without a content type: a text as body would be given one.
  const request = { method: 'PUT', body: new TextEncoder().encode(body), signal: AbortSignal.timeout(20_000) };
  const status = await fetch(url, request).then(
    (response) => response.status,
    (error: Error) => error.name,
  );
  if (status === 200) return;
  throw new PortError({
    code: 'resource.not-answered',
    message: `CloudFormation could not be answered: its address gave ${status}.`,
    remedy: 'Lambda tries again; if that does not help either, the deployment ends with a time-out: deploy again.',
    retryable: true,
    context: { status },
  });
}
