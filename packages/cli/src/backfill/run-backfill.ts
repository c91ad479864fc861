import { setTimeout as sleep } from 'node:timers/promises';
import type { DayRange, IngestReport, Policy } from '@weir/core';
import { type BackfillEvent, backfill } from '@weir/core/operations';
import { describeBooks } from '@weir/core/text';
import type { BackfillOptions } from '../command-line/backfill-options.ts';
import { createIngestPorts, type IngestPlaces } from '../composition/create-ingest-ports.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { createRowResources } from '../composition/row-resources.ts';
import type { RunEvents } from '../events/open-run-events.ts';
import { createRunId } from '../ingest/create-run-id.ts';
import { COMMIT_NOTICE } from '../ingest/run-ingest.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatCounted } from '../output/format-amount.ts';
import { IngestProgress } from '../output/ingest-progress.ts';
import type { Session } from '../session.ts';

export interface BackfillTask {
  readonly database: DatabasePorts;
  readonly source: IngestPlaces;
  readonly range: DayRange;
  readonly policy: Policy;
  readonly options: BackfillOptions;
  readonly events: RunEvents;
}

/** The runs of a backfill, with progress over all of them. */
export async function runBackfill(
  { screen, interruption }: Session,
  { database, source, range, policy, options, events }: BackfillTask,
): Promise<readonly IngestReport[]> {
  const rowResources = createRowResources(options);
  const { signal } = interruption;
  const before = { consequence: interruption.consequence, notice: interruption.notice };
  const meter = await createMeter(screen);
  const progress = new IngestProgress(meter);
  let done = 0;
  const onEvent = (event: BackfillEvent) => {
    switch (event.kind) {
      case 'backfill-planned':
        progress.take({ kind: 'listed', files: event.files, bytes: event.bytes });
        return;
      case 'backfill-run-ended':
        done = event.place;
        interruption.notice = before.notice;
        interruption.consequence = `${formatCounted(done, 'run')} of ${event.runs} are committed, and stay.`;
        meter.line(describeRun(event), true);
        return;
      case 'committing':
        interruption.notice = COMMIT_NOTICE;
    }
    events.take(event);
    // What one run found is no news: all was told before the first.
    if (event.kind !== 'listed') progress.take(event);
  };
  interruption.consequence = 'Nothing was loaded, and every file is where it was.';
  try {
    return await backfill(createIngestPorts(source, database, rowResources), {
      range,
      filesPerRun: options.filesPerRun,
      newRunId: () => createRunId(database.clock.now()),
      policy,
      batchSize: options.batchSize,
      signal,
      onEvent,
      wait: async (milliseconds) => {
        await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
      },
    });
  } catch (error) {
    progress.stop();
    if (done > 0)
      screen.note(`What the first ${formatCounted(done, 'run')} committed stays: repeated, the command goes on there.`);
    throw error;
  } finally {
    progress.stop();
    await rowResources.close();
    Object.assign(interruption, before);
  }
}

function describeRun({ place, runs, report }: Extract<BackfillEvent, { kind: 'backfill-run-ended' }>): string {
  return `Run ${place} of ${runs}, ${report.runId}: ${describeBooks(report.totals)}`;
}
