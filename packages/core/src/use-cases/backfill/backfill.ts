import { type DayRange, listDays } from '../../ports/day-range.ts';
import type { IngestEvent } from '../../ports/ingest-event.ts';
import type { IngestReport } from '../../ports/ingest-report.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import { type IngestWithRetriesOptions, ingest } from '../ingest.ts';
import type { IngestPorts } from '../ingest-options.ts';
import { splitBackfill } from './split-backfill.ts';

export interface BackfillOptions extends Omit<IngestWithRetriesOptions, 'wants' | 'onEvent'> {
  /** Of source days. */
  readonly range: DayRange;
  /** The most files that one run takes, from 1. */
  readonly filesPerRun: number;
  readonly onEvent?: ((event: BackfillEvent) => void) | undefined;
}

export type BackfillEvent =
  /** All that lies there, over all runs. */
  | { readonly kind: 'backfill-planned'; readonly files: number; readonly bytes: number; readonly runs: number }
  | {
      readonly kind: 'backfill-run-ended';
      readonly report: IngestReport;
      readonly place: number;
      readonly runs: number;
    }
  | IngestEvent;

/**
 * Ingests what lies in a place from a range of days, in runs of a bounded size, the oldest day first. Each run is committed
 * by itself: who is killed calls again, and what was committed is passed over. The rules are those of every run, so an old
 * row never beats a newer one, in whatever order the days are loaded.
 *
 * Where the place is an archive (`ArchivedDeliveries`), `ports` name no archive and no quarantine: nothing is moved.
 *
 * @returns the report of each run, in order; none where there is no file
 * @throws RangeError for what `listDays` does not take; PortError of the first run that failed, or the signal's reason:
 * runs before it stay
 */
export async function backfill(ports: IngestPorts, options: BackfillOptions): Promise<readonly IngestReport[]> {
  const { range, filesPerRun, onEvent, signal, ...rest } = options;
  listDays(range);
  const files = await listFiles(ports, signal);
  const runs = splitBackfill(files, range, filesPerRun);
  const planned = runs.flat();
  onEvent?.({
    kind: 'backfill-planned',
    files: planned.length,
    bytes: planned.reduce((sum, { size }) => sum + size, 0),
    runs: runs.length,
  });
  const reports: IngestReport[] = [];
  for (const [i, run] of runs.entries()) {
    signal?.throwIfAborted();
    const landing = { location: ports.landing.location, list: () => inOnePage(run) };
    const report = await ingest({ ...ports, landing }, { ...rest, signal, onEvent });
    reports.push(report);
    onEvent?.({ kind: 'backfill-run-ended', report, place: i + 1, runs: runs.length });
  }
  return reports;
}

async function listFiles({ landing }: IngestPorts, signal: AbortSignal | undefined): Promise<LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of landing.list()) {
    signal?.throwIfAborted();
    files.push(...page);
  }
  return files;
}

async function* inOnePage(files: readonly LandedFile[]): AsyncGenerator<readonly LandedFile[]> {
  yield files;
}
