import { type IngestEvent, parsePolicy, previewRun } from '@weir/core';
import type { ResourceOptions } from '../command-line/add-resources.ts';
import { createFilePlaces } from '../composition/create-file-places.ts';
import { createIngestPorts } from '../composition/create-ingest-ports.ts';
import { createRowResources } from '../composition/row-resources.ts';
import { withDatabase } from '../composition/with-database.ts';
import { createRunId } from '../ingest/create-run-id.ts';
import { ingestExitCode } from '../ingest/ingest-exit-code.ts';
import { resolvePlaces } from '../ingest/resolve-places.ts';
import { createMeter } from '../output/create-meter.ts';
import { IngestProgress } from '../output/ingest-progress.ts';
import { reportPlan } from '../plan/report-plan.ts';
import { tellPlan } from '../plan/tell-plan.ts';
import type { Session } from '../session.ts';

export interface PlanOptions extends ResourceOptions {
  readonly landing?: string | undefined;
  /** Rejects and changes of each file that are told. */
  readonly examples: number;
  readonly failOnRejects?: true | undefined;
}

export async function planRun(session: Session, options: PlanOptions): Promise<number> {
  const { screen, interruption } = session;
  const policy = session.policy ?? parsePolicy();
  const places = await resolvePlaces(options, session);
  return await withDatabase(session, async (database) => {
    const startedAt = performance.now();
    const rowResources = createRowResources(options);
    const progress = new IngestProgress(await createMeter(screen));
    try {
      const preview = await previewRun(createIngestPorts(await createFilePlaces(places), database, rowResources), {
        runId: createRunId(database.clock.now()),
        policy,
        batchSize: options.batchSize,
        examples: options.examples,
        signal: interruption.signal,
        onEvent: (event: IngestEvent) => progress.take(event),
        onCompare: (files) => progress.decide('Comparing', files),
      });
      progress.stop();
      tellPlan(session, preview, places, performance.now() - startedAt);
      reportPlan(screen, preview);
      return ingestExitCode(preview, options.failOnRejects === true);
    } finally {
      progress.stop();
      await rowResources.close();
    }
  });
}
