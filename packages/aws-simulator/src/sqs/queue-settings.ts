import { notImplemented, ServiceFault } from '../server/service.ts';
import type { QueueSettings } from './queue.ts';

/** Kept and told again; they change nothing that a client of the simulator could see. */
const WITHOUT_EFFECT = [
  'MessageRetentionPeriod',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
];
const KNOWN = ['VisibilityTimeout', 'DelaySeconds', 'ReceiveMessageWaitTimeSeconds', 'RedrivePolicy', 'Policy'];

/** @throws ServiceFault `NotImplemented`, `InvalidAttributeValue` */
export function readSettings(attributes: Readonly<Record<string, string>>): QueueSettings {
  for (const name of Object.keys(attributes)) {
    const isKnown = [...KNOWN, ...WITHOUT_EFFECT].includes(name);
    if (!isKnown) throw notImplemented(`the queue attribute ${name}`);
  }
  return {
    visibilityTimeout: seconds(attributes, 'VisibilityTimeout', 30, 43_200),
    delaySeconds: seconds(attributes, 'DelaySeconds', 0, 900),
    receiveMessageWaitTimeSeconds: seconds(attributes, 'ReceiveMessageWaitTimeSeconds', 0, 20),
    redrive: readRedrive(attributes.RedrivePolicy),
  };
}

function seconds(attributes: Readonly<Record<string, string>>, name: string, whenLeftOut: number, max: number): number {
  const value = Number(attributes[name] ?? whenLeftOut);
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new ServiceFault('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
}

function readRedrive(policy: string | undefined): QueueSettings['redrive'] {
  if (policy === undefined || policy === '') return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy);
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn === 'string' && count >= 1 && count <= 1000) {
    return { deadLetterTargetArn, maxReceiveCount: count };
  }
  throw new ServiceFault('InvalidAttributeValue', 'Invalid value for the parameter RedrivePolicy.');
}
