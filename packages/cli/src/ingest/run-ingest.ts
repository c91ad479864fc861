import { setTimeout as sleep } from 'node:timers/promises';
import { type IngestEvent, type IngestReport, ingest, type LandedFile, type Policy } from '@weir/core';
import type { ResourceOptions } from '../command-line/add-resources.ts';
import { createIngestPorts } from '../composition/create-ingest-ports.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { createRowResources } from '../composition/row-resources.ts';
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
  readonly wants?: ((file: LandedFile) => boolean) | undefined;
}

/** One run with its progress; Ctrl-C ends it before its commit. */
export async function runIngest(
  { screen, interruption }: Session,
  task: IngestTask,
  lines: 'lines' | 'quiet' = 'lines',
): Promise<IngestReport> {
  const { database, places, policy, resources, wants } = task;
  const rowResources = createRowResources(resources);
  const { signal } = interruption;
  const before = { consequence: interruption.consequence, notice: interruption.notice };
  const progress = new IngestProgress(await createMeter(screen, lines));
  const onEvent = (event: IngestEvent) => {
    if (event.kind === 'committing') interruption.notice = COMMIT_NOTICE;
    if (event.kind === 'listed') interruption.notice = before.notice;
    progress.take(event);
  };
  interruption.consequence = 'Nothing was loaded, and every file is where it was.';
  try {
    return await ingest(await createIngestPorts(places, database, rowResources), {
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
    await rowResources.close();
    Object.assign(interruption, before);
  }
}

const COMMIT_NOTICE = 'The commit is under way: it is seen to its end, then Weir stops ... (once more to end at once)';
