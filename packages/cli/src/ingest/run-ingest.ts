import { setTimeout as sleep } from 'node:timers/promises';
import { type IngestEvent, type IngestReport, ingest, type LandedFile, type Policy } from '@weir/core';
import type { ResourceOptions } from '../command-line/add-resources.ts';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { createFilePlaces } from '../composition/create-file-places.ts';
import { createIngestPorts } from '../composition/create-ingest-ports.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { createRowResources } from '../composition/row-resources.ts';
import { openRunEvents } from '../events/open-run-events.ts';
import { createMeter } from '../output/create-meter.ts';
import { IngestProgress } from '../output/ingest-progress.ts';
import type { Session } from '../session.ts';
import { createRunId } from './create-run-id.ts';
import type { Places } from './resolve-places.ts';

export interface IngestTask {
  readonly database: DatabasePorts;
  readonly places: Places;
  readonly policy: Policy;
  readonly resources: ResourceOptions;
  /** Where programs are told; nowhere where nothing is said. */
  readonly tells?: RunEventOptions | undefined;
  readonly wants?: ((file: LandedFile) => boolean) | undefined;
}

/** One run with its progress; Ctrl-C ends it before its commit. */
export async function runIngest(
  session: Session,
  task: IngestTask,
  lines: 'lines' | 'quiet' = 'lines',
): Promise<IngestReport> {
  const { screen, interruption } = session;
  const { database, places, policy, resources, tells = {}, wants } = task;
  const rowResources = createRowResources(resources);
  const { signal } = interruption;
  const before = { consequence: interruption.consequence, notice: interruption.notice };
  const progress = new IngestProgress(await createMeter(screen, lines));
  const events = await openRunEvents(session, tells, { clock: database.clock, landing: places.landing });
  const onEvent = (event: IngestEvent) => {
    if (event.kind === 'committing') interruption.notice = COMMIT_NOTICE;
    if (event.kind === 'listed') interruption.notice = before.notice;
    progress.take(event);
    events.take(event);
  };
  interruption.consequence = 'Nothing was loaded, and every file is where it was.';
  try {
    return await ingest(createIngestPorts(await createFilePlaces(places), database, rowResources), {
      newRunId: () => createRunId(database.clock.now()),
      policy,
      batchSize: resources.batchSize,
      wants,
      signal,
      onEvent,
      wait: async (milliseconds) => {
        await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
      },
    });
  } finally {
    progress.stop();
    await events.close();
    await rowResources.close();
    Object.assign(interruption, before);
  }
}

export const COMMIT_NOTICE =
  'The commit is under way: it is seen to its end, then Weir stops ... (once more to end at once)';
