import * as z from 'zod';

/** What CloudFormation asks of a custom resource. */
export interface ResourceEvent {
  readonly request: 'Create' | 'Update' | 'Delete';
  /** The same for as long as the resource is the same one: CloudFormation deletes whatever had another id. */
  readonly physicalId: string;
  /** Where the answer goes, with what it has to repeat; undefined where whoever invokes answers by himself. The address is a secret. */
  readonly answerTo: ResourceAnswerAddress | undefined;
}

export interface ResourceAnswerAddress {
  readonly url: string;
  readonly ids: { readonly StackId: string; readonly RequestId: string; readonly LogicalResourceId: string };
}

const RESOURCE_EVENT = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  PhysicalResourceId: z.string().optional(),
  ResponseURL: z.url().optional(),
  StackId: z.string().default(''),
  RequestId: z.string().default(''),
  LogicalResourceId: z.string().default(''),
});

/** @returns undefined for every other event */
export function parseResourceEvent(event: unknown): ResourceEvent | undefined {
  const { success, data } = RESOURCE_EVENT.safeParse(event);
  if (!success) return undefined;
  const { RequestType, PhysicalResourceId, ResponseURL, ...ids } = data;
  return {
    request: RequestType,
    physicalId: PhysicalResourceId ?? 'weir-set-up',
    answerTo: ResponseURL === undefined ? undefined : { url: ResponseURL, ids },
  };
}
