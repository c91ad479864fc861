import { parsePolicy } from '@weir/core';
import type { PlaceOptions } from '../command-line/add-places.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { withDatabase } from '../composition/with-database.ts';
import { ingestExitCode } from '../ingest/ingest-exit-code.ts';
import { reportIngest } from '../ingest/report-ingest.ts';
import { resolvePlaces } from '../ingest/resolve-places.ts';
import { runIngest } from '../ingest/run-ingest.ts';
import { tellIngest } from '../ingest/tell-ingest.ts';
import type { Session } from '../session.ts';

export interface IngestCommandOptions extends PlaceOptions {
  readonly failOnRejects?: true | undefined;
}

export async function ingestLanded(session: Session, options: IngestCommandOptions): Promise<number> {
  const policy = session.policy ?? parsePolicy();
  const places = await resolvePlaces(options, session);
  const load = async (database: DatabasePorts) => {
    const startedAt = performance.now();
    const report = await runIngest(session, { database, places, policy, resources: options, tells: options });
    tellIngest(session, report, places, performance.now() - startedAt);
    reportIngest(session.screen, report);
    return ingestExitCode(report, options.failOnRejects === true);
  };
  return await withDatabase(session, load, options);
}
