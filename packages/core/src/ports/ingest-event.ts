import type { FileProblem, FileReport, IngestReport } from './ingest-report.ts';
import type { RunPhases } from './run-phases.ts';

/** What a run tells while it works, for progress and logs. Of every run the first is `run-started`. */
export type IngestEvent =
  | { readonly kind: 'run-started'; readonly runId: string; readonly operation: RunOperation }
  | { readonly kind: 'listed'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'dimensions-read'; readonly products: number; readonly customers: number }
  | { readonly kind: 'file-started'; readonly key: string; readonly size: number }
  /** Bytes as delivered and rows of this file so far. */
  | { readonly kind: 'file-progress'; readonly key: string; readonly bytes: number; readonly rows: number }
  | { readonly kind: 'file-read'; readonly key: string; readonly rows: number; readonly rejected: number }
  | { readonly kind: 'committing'; readonly files: number }
  | { readonly kind: 'file-ended'; readonly file: FileReport }
  /** The last of a run that came to its end; files of it may have failed. */
  | { readonly kind: 'run-ended'; readonly report: IngestReport; readonly phases: ToldPhases }
  /** The last of a run that was not committed as a whole. */
  | { readonly kind: 'run-failed'; readonly problem: FileProblem; readonly phases: ToldPhases }
  /** The run that failed is tried again, under another id. */
  | { readonly kind: 'retrying'; readonly attempt: number; readonly reason: string };

/** `replay`: rejected rows are read again. */
export const RUN_OPERATIONS = ['ingest', 'replay'] as const;
export type RunOperation = (typeof RUN_OPERATIONS)[number];

/** The phases that came to their end. */
export interface ToldPhases extends RunPhases {
  /** Taking files away after the commit. */
  readonly moving?: number;
}
