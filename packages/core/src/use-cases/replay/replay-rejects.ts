import { addBooks, type Books, EMPTY_BOOKS } from '../../ports/books.ts';
import type { IngestReport } from '../../ports/ingest-report.ts';
import { isPortError } from '../../ports/port-error.ts';
import type { RejectPlace, RejectQuery } from '../../ports/reject-store.port.ts';
import type { FaultCode } from '../../rules/faults.ts';
import { type Dimensions, readDimensions } from '../read-dimensions.ts';
import type { ReplayOptions, ReplayPorts, ReplayReport } from './replay-options.ts';
import { MOST_UNREADABLE_TOLD, ReplayRun } from './replay-run.ts';

/** The faults that loading dimensions may heal. */
export const ORPHAN_CODES: readonly FaultCode[] = ['product-unknown', 'customer-unknown'];

const REJECTS_A_RUN = 100_000;
/** How often a run is tried whose rejects somebody else settles meanwhile. */
const MOST_TRIES = 5;

/**
 * Reads open rejects again, by all rules, the policy and the dimensions in force, and with the version of their first
 * delivery: so an old row that heals never overwrites a newer one. Commits runs of its own, and none where nothing changes.
 * May be killed and repeated at any point, and be called by several at once.
 *
 * @throws PortError (the run that failed is recorded, where that is possible; those before it stay), or the signal's reason
 */
export async function replayRejects(ports: ReplayPorts, options: ReplayOptions): Promise<ReplayReport> {
  const replay = new Replay(ports, options);
  while ((await replay.next()) && (await replay.goesOn()));
  return replay.report();
}

class Replay {
  private readonly ports: ReplayPorts;
  private readonly options: ReplayOptions;
  private readonly outcomes = { healed: 0, changed: 0, unchanged: 0, unreadable: 0 };
  private readonly firstUnreadable: RejectPlace[] = [];
  private readonly runs: string[] = [];
  private totals: Books = EMPTY_BOOKS;
  private read = 0;
  private after: RejectPlace | undefined;
  private dimensions: Dimensions | undefined;
  private isComplete = false;

  constructor(ports: ReplayPorts, options: ReplayOptions) {
    this.ports = ports;
    this.options = options;
    this.after = options.after;
  }

  /** Does one run; whether there may be more to do. */
  async next(): Promise<boolean> {
    const { limit = Number.POSITIVE_INFINITY, rejectsARun = REJECTS_A_RUN } = this.options;
    const most = Math.min(limit - this.read, rejectsARun);
    if (most <= 0) return false;
    for (let tries = 1; ; tries++) {
      try {
        const isMore = await this.doRun(most);
        this.isComplete = !isMore;
        return isMore;
      } catch (error) {
        // Somebody else settled some of them: what is open now is another set.
        if (!isPortError(error) || error.code !== 'warehouse.rejects-settled' || tries === MOST_TRIES) throw error;
      }
    }
  }

  async goesOn(): Promise<boolean> {
    const { key, contentHash, line } = this.after!;
    return (await this.options.goesOn?.({ key, contentHash, line })) ?? true;
  }

  report(): ReplayReport {
    const { runs, totals, read, isComplete, firstUnreadable, dimensions } = this;
    return { runs, totals, read, ...this.outcomes, isComplete, firstUnreadable, warnings: dimensions?.warnings ?? [] };
  }

  private async doRun(most: number): Promise<boolean> {
    const { options, ports } = this;
    const query: RejectQuery = { ...options.filter, state: 'open', after: this.after, limit: most };
    let run: ReplayRun | undefined;
    let taken = 0;
    let isWhole = true;
    try {
      for await (const page of ports.rejects.readRejects(query)) {
        options.signal?.throwIfAborted();
        run ??= new ReplayRun(ports, options, await this.readDimensions(), options.newRunId());
        for (const reject of page) {
          isWhole = run.fits(reject);
          if (!isWhole) break;
          await run.take(reject);
          taken++;
        }
        if (!isWhole) break;
        options.onEvent?.({ kind: 'rejects-read', rejects: this.read + taken });
      }
      if (run === undefined) return false;
      requireProgress(this.after, run.last);
      this.add(run, taken, await run.commit());
      return !isWhole || taken === most;
    } catch (error) {
      await run?.fail(error);
      throw error;
    } finally {
      await run?.close();
    }
  }

  private add(run: ReplayRun, taken: number, report: IngestReport | undefined): void {
    this.read += taken;
    this.after = run.last;
    for (const outcome of ['healed', 'changed', 'unchanged', 'unreadable'] as const)
      this.outcomes[outcome] += run.outcomes[outcome];
    this.firstUnreadable.push(...run.firstUnreadable.slice(0, MOST_UNREADABLE_TOLD - this.firstUnreadable.length));
    if (report === undefined) return;
    this.runs.push(report.runId);
    this.totals = addBooks([this.totals, report.totals]);
  }

  private async readDimensions(): Promise<Dimensions> {
    const { maxDimensionBytes } = this.options;
    this.dimensions ??= await readDimensions(this.ports.dimensions, { maxDimensionBytes });
    return this.dimensions;
  }
}

/** A store that does not read on behind a place would be asked for ever. */
function requireProgress(before: RejectPlace | undefined, last: RejectPlace | undefined): void {
  if (before === undefined || last === undefined) return;
  if (before.key === last.key && before.contentHash === last.contentHash && before.line === last.line)
    throw new Error('The store of rejects gave the same rejects again instead of those behind them.');
}
