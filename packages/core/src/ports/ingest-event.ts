import type { FileReport } from './ingest-report.ts';

/** What a run tells while it works, for progress and logs. */
export type IngestEvent =
  | { readonly kind: 'listed'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'dimensions-read'; readonly products: number; readonly customers: number }
  | { readonly kind: 'file-started'; readonly key: string; readonly size: number }
  /** Bytes as delivered and rows of this file so far. */
  | { readonly kind: 'file-progress'; readonly key: string; readonly bytes: number; readonly rows: number }
  | { readonly kind: 'file-read'; readonly key: string; readonly rows: number; readonly rejected: number }
  | { readonly kind: 'committing'; readonly files: number }
  | { readonly kind: 'file-ended'; readonly file: FileReport }
  | { readonly kind: 'retrying'; readonly attempt: number; readonly reason: string };
