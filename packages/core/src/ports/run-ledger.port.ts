import type { Policy } from '../policy/policy.ts';
import type { IngestReport } from './ingest-report.ts';
import type { LandedFile } from './landing-zone.port.ts';

/**
 * Which run has which file, and how far each run is. Everybody who plans, works on, ends or sweeps runs shares it, any number
 * of them at once. What is known for good stands in the warehouse; the ledger coordinates those who bring it there.
 */
export interface RunLedger {
  /** Shown in messages. */
  readonly location: string;

  /** Creates the entry of a run in the state `planned`. Where the run has an entry, open or closed, that one is left alone and given. */
  plan(run: RunPlan): Promise<{ readonly kind: 'planned' | 'known'; readonly entry: RunEntry }>;

  /**
   * Claims each file version for the run unless another run holds it, each on its own; may be repeated.
   *
   * @returns one claim a file, in their order
   */
  claim(runId: string, files: readonly LandedFile[]): Promise<readonly FileClaim[]>;

  /** Who holds each file version, in their order; undefined where nobody ever did. */
  claims(files: readonly LandedFile[]): Promise<readonly (FileClaim | undefined)[]>;

  /** Frees those of the file versions that this run holds, for another run to claim; may be repeated. */
  release(runId: string, files: readonly LandedFile[]): Promise<void>;

  /** The entry of a run, open or closed. */
  read(runId: string): Promise<RunEntry | undefined>;

  /**
   * Replaces an open entry, unless somebody replaced or closed it since it was read.
   *
   * @returns the entry as it stands now; undefined where somebody was faster: read it again and decide anew
   */
  replace(read: RunEntry, by: RunFields): Promise<RunEntry | undefined>;

  /** Puts an entry among the closed ones, which `openRuns` no longer lists; as `replace` otherwise. */
  close(read: RunEntry): Promise<RunEntry | undefined>;

  /** Entries of all runs that are not closed, in the order of their ids, in pages. */
  openRuns(): AsyncIterable<readonly RunEntry[]>;
}

/** What a run is to do. */
export interface RunPlan {
  readonly runId: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly plannedAt: number;
  readonly policy: Policy;
  /** Each key once. */
  readonly files: readonly LandedFile[];
}

/** What changes while a run goes on. */
export interface RunFields {
  /** Fewer than in the plan where other runs hold some of them. */
  readonly files: readonly LandedFile[];
  readonly state: RunState;
  readonly lease: Lease | undefined;
  /** When its notice was sent. Milliseconds since 1970-01-01 UTC, as all times here. */
  readonly notifiedAt: number | undefined;
  /** When its files were taken away or, of a failed run, released. */
  readonly settledAt: number | undefined;
}

export interface RunEntry extends RunPlan, RunFields {
  /** Opaque mark of what was read; `replace` compares it. */
  readonly revision: string;
}

export type RunState =
  /** No job was started, as far as is known. */
  | { readonly kind: 'planned' }
  | { readonly kind: 'started'; readonly jobRunId: string; readonly startedAt: number }
  /** The warehouse has it. */
  | { readonly kind: 'committed'; readonly jobRunId: string | undefined; readonly report: IngestReport }
  /** Nothing of it is in the warehouse. */
  | { readonly kind: 'failed'; readonly jobRunId: string | undefined; readonly problem: RunProblem };

export interface RunProblem {
  /** Dotted, as of a PortError; `job.failed` where only the job's end is known. */
  readonly code: string;
  readonly message: string;
  readonly remedy: string | undefined;
}

/** The right to work on a run for some time. */
export interface Lease {
  readonly owner: string;
  /** Fencing token: one more with each holder, so that what an earlier holder still does can be told and ignored. */
  readonly token: number;
  /** Until when it is held; after that anybody may take it over. */
  readonly until: number;
}

export interface FileClaim {
  readonly file: LandedFile;
  /** The run that holds the file version; undefined where it was released. */
  readonly runId: string | undefined;
  /** How many runs claimed it so far. */
  readonly attempt: number;
}
