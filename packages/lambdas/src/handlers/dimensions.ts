import { isPortError, type Policy } from '@weir/core';
import { dimensionOf } from '../dimensions/dimension-of.ts';
import { type HealingPorts, healRows } from '../dimensions/heal-rows.ts';
import { type DimensionFileLoad, loadDimensionFile } from '../dimensions/load-dimension-file.ts';
import { type SetUpPorts, setUp } from '../dimensions/set-up.ts';
import { sweepDimensions } from '../dimensions/sweep-dimensions.ts';
import { answerResource } from '../events/answer-resource.ts';
import { isScheduled } from '../events/is-scheduled.ts';
import { parseObjectEvents } from '../events/parse-object-events.ts';
import { parseResourceEvent, type ResourceEvent } from '../events/parse-resource-event.ts';
import { isQueueBatch, readBatch } from '../events/read-batch.ts';
import { selectObjects } from '../events/select-objects.ts';
import type { Place } from '../events/why-not-ours.ts';
import { describeError } from '../telemetry/describe-error.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { FunctionWork, Invocation } from './function-work.ts';
import { OnceEach } from './once-each.ts';

export interface DimensionsSettings {
  /** Where dimension files land. */
  readonly place: Place;
  readonly policy: Policy;
}

/**
 * Loads the dimension files that events told of, each once and one after the other, and as part of a deployment sets up the
 * tables and loads what lies there. When a schedule fires it loads what was not loaded yet. Rejected rows that lacked a product
 * or a customer are then read again, as far as the time goes; the next sweep goes on.
 */
export function createDimensions(
  ports: SetUpPorts & HealingPorts,
  { place, policy }: DimensionsSettings,
  telemetry: Telemetry,
): FunctionWork {
  const createRead = () => {
    const loads = new OnceEach<DimensionFileLoad>(1);
    const load = (key: string) => loads.do(key, () => loadDimensionFile(ports, key, telemetry));
    return async (message: unknown) => {
      const isOurs = (key: string) => dimensionOf(key) !== undefined;
      const objects = selectObjects(parseObjectEvents(message), place, isOurs, telemetry);
      return await Promise.all(objects.map(async ({ key }) => ({ key, outcome: await load(key) })));
    };
  };

  const heal = ({ remainingTime }: Invocation) => healRows(ports, { policy, remainingTime }, telemetry);
  return async (event, invocation) => {
    const resource = parseResourceEvent(event);
    // CloudFormation does not wait for rows to heal: the next sweep heals them.
    if (resource !== undefined) return await serveResource(ports, resource, telemetry);
    if (isScheduled(event)) {
      const swept = await sweepDimensions(ports, telemetry);
      await heal(invocation);
      return swept;
    }
    const answer = isQueueBatch(event)
      ? (await readBatch(event, telemetry, createRead())).response
      : await createRead()(event);
    // The files are loaded, and their messages done with, whether or not rows can be healed now.
    await heal(invocation).catch((error: unknown) => {
      telemetry.error('Rows could not be healed; the next sweep tries again.', { fault: describeError(error) });
    });
    return answer;
  };
}

/** CloudFormation is told of a failure and not left to wait for its time-out. */
async function serveResource(
  ports: SetUpPorts,
  { request, physicalId, answerTo }: ResourceEvent,
  telemetry: Telemetry,
): Promise<{ readonly PhysicalResourceId: string }> {
  telemetry.info('CloudFormation asks for the set-up.', { request });
  try {
    // The tables stay when the functions are removed: they are data.
    if (request !== 'Delete') await setUp(ports, telemetry);
  } catch (error) {
    if (answerTo === undefined) throw error;
    telemetry.error('The set-up failed.', { fault: describeError(error) });
    await answerResource(answerTo, { kind: 'failed', physicalId, reason: reasonOf(error) });
    return { PhysicalResourceId: physicalId };
  }
  if (answerTo !== undefined) await answerResource(answerTo, { kind: 'done', physicalId });
  return { PhysicalResourceId: physicalId };
}

function reasonOf(error: unknown): string {
  if (isPortError(error)) return [error.message, error.remedy].filter(Boolean).join(' ');
  return `${String(error)}. The log of the function tells more.`;
}
