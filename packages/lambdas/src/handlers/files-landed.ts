import { isTransactionKey, type LandedFile, type LandingZone, type Policy } from '@weir/core';
import { planRuns, type StartPorts } from '@weir/core/runs';
import type { CreatedObject } from '../events/object-event.ts';
import { orderObjects } from '../events/order-objects.ts';
import { parseObjectEvents } from '../events/parse-object-events.ts';
import { isQueueBatch, readBatch } from '../events/read-batch.ts';
import { selectObjects } from '../events/select-objects.ts';
import type { Place } from '../events/why-not-ours.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { DeliveryFinder } from './delivery-finder.ts';
import type { FunctionWork } from './function-work.ts';

export interface FilesLandedPorts extends StartPorts {
  readonly landing: LandingZone;
}

export interface FilesLandedSettings {
  readonly landing: Place;
  readonly policy: Policy;
  readonly maxAttempts: number;
  /** The version of an object as the landing place names it. */
  readonly toVersion: (object: CreatedObject) => string | undefined;
}

interface Found {
  readonly object: CreatedObject;
  readonly file: LandedFile | undefined;
}

/**
 * Plans one run of all files that a batch of events told of, and starts it. Events may come twice, late and in any order. A
 * message that cannot be read fails alone; where the planning fails, the whole batch comes again.
 */
export function createFilesLanded(
  ports: FilesLandedPorts,
  settings: FilesLandedSettings,
  telemetry: Telemetry,
): FunctionWork {
  const createRead = () => {
    const finder = new DeliveryFinder(ports.landing, settings.toVersion);
    return async (message: unknown): Promise<readonly Found[]> => {
      const events = parseObjectEvents(message);
      const objects = selectObjects(events, settings.landing, isTransactionKey, telemetry);
      return await Promise.all(objects.map(async (object) => ({ object, file: await finder.find(object) })));
    };
  };
  const plan = async (found: readonly Found[], owner: string) => {
    const files = toDeliveries(found, telemetry);
    return files.length === 0 ? NOTHING : await planFiles(ports, settings, telemetry, files, owner);
  };

  return async (event, { requestId }) => {
    if (!isQueueBatch(event)) return await plan(await createRead()(event), requestId);
    const { results, response } = await readBatch(event, telemetry, createRead());
    await plan(results.flat(), requestId);
    return response;
  };
}

const NOTHING = { files: 0, runs: [] };

/** The versions of a key in the order in which they were written: they become deliveries one after the other. */
function toDeliveries(found: readonly Found[], telemetry: Telemetry): readonly LandedFile[] {
  const byObject = new Map(found.map(({ object, file }) => [object, file]));
  return orderObjects([...byObject.keys()]).flatMap((object) => {
    const file = byObject.get(object);
    if (file !== undefined) return [file];
    const { key, versionId } = object;
    telemetry.info('A file is not in the landing place any more: another run took it, or somebody else.', {
      key,
      versionId,
    });
    return [];
  });
}

async function planFiles(
  ports: FilesLandedPorts,
  { policy, maxAttempts }: FilesLandedSettings,
  telemetry: Telemetry,
  files: readonly LandedFile[],
  owner: string,
) {
  const { runs, leftOut } = await planRuns(ports, files, { policy, maxAttempts, owner });
  const planned = files.length - leftOut.length;
  telemetry.info('Runs were planned.', { files: planned, leftOut: leftOut.length, runs });
  telemetry.count('FilesPlanned', planned);
  telemetry.count('RunsPlanned', runs.length);
  telemetry.count('RunsStarted', runs.filter(({ kind }) => kind === 'started').length);
  return { files: planned, runs };
}
