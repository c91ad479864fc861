import { formatBytes, formatCount, formatDuration, printable } from '@weir/core/text';
import type { LiveRun } from './live-run.ts';

/** What the page shows of a run, ready to be read. */
export interface LiveView {
  readonly run: string;
  readonly phase: string;
  readonly files: string;
  readonly bytes: string;
  readonly rows: string;
  readonly rejected: string;
  readonly speed: string;
  readonly file: string;
  readonly elapsed: string;
  /** From 0 to 1. */
  readonly share: number;
}

const PHASES = {
  listing: 'Finding files',
  reading: 'Reading rows',
  committing: 'Committing',
  moving: 'Moving files to their places',
  retrying: 'Trying again',
} as const;

export function toLiveView(run: LiveRun): LiveView {
  const { files, bytes, file } = run;
  const rows = run.rows.done + run.rows.current;
  const done = Math.min(bytes.all, bytes.done + bytes.current);
  const elapsed = Math.max(0, run.updatedAt - run.startedAt);
  return {
    run: printable(run.runId),
    phase: run.phase === 'ended' ? `Ended: ${printable(run.status ?? '').replaceAll('-', ' ')}` : PHASES[run.phase],
    files: `${formatCount(files.done)} of ${formatCount(files.all)}`,
    bytes: `${formatBytes(done)} of ${formatBytes(bytes.all)}`,
    rows: formatCount(rows),
    rejected: formatCount(run.rejected),
    speed: elapsed === 0 ? '' : formatCount((rows / elapsed) * 1000),
    file: printable(file?.key ?? ''),
    elapsed: formatDuration(elapsed),
    share: bytes.all === 0 ? Number(run.phase === 'ended') : done / bytes.all,
  };
}
