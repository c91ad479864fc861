import type { LiveEvent } from './read-event.ts';

/** How far a run is. */
export interface LiveRun {
  readonly runId: string;
  readonly phase: 'listing' | 'reading' | 'committing' | 'moving' | 'retrying' | 'ended';
  /** Of a run that ended. */
  readonly status: string | undefined;
  readonly files: { readonly done: number; readonly all: number };
  /** As delivered; `done` is of whole files, `current` of the file that is read. */
  readonly bytes: { readonly done: number; readonly current: number; readonly all: number };
  readonly rows: { readonly done: number; readonly current: number };
  readonly rejected: number;
  readonly file: { readonly key: string; readonly size: number } | undefined;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** The run after one more event; of events that are not known the time alone counts. */
export function advance(run: LiveRun | undefined, event: LiveEvent): LiveRun {
  const known = run?.runId === event.runId && event.kind !== 'run-started' ? run : begin(event);
  return { ...known, ...change(known, event), updatedAt: event.time };
}

function begin({ runId, time }: LiveEvent): LiveRun {
  return {
    runId,
    phase: 'listing',
    status: undefined,
    files: { done: 0, all: 0 },
    bytes: { done: 0, current: 0, all: 0 },
    rows: { done: 0, current: 0 },
    rejected: 0,
    file: undefined,
    startedAt: time,
    updatedAt: time,
  };
}

function change(run: LiveRun, { kind, values }: LiveEvent): Partial<LiveRun> {
  const number = (name: string) => (typeof values[name] === 'number' ? values[name] : 0);
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : '');
  switch (kind) {
    case 'listed':
      return { files: { done: 0, all: number('files') }, bytes: { done: 0, current: 0, all: number('bytes') } };
    case 'dimensions-read':
      return { phase: 'reading' };
    case 'file-started':
      return { phase: 'reading', ...leaveFile(run), file: { key: text('key'), size: number('size') } };
    case 'file-progress':
      return {
        phase: 'reading',
        bytes: { ...run.bytes, current: number('bytes') },
        rows: { ...run.rows, current: number('rows') },
      };
    case 'file-read':
      return {
        ...leaveFile({ ...run, rows: { ...run.rows, current: number('rows') } }),
        rejected: run.rejected + number('rejected'),
      };
    case 'committing':
      return { phase: 'committing', ...leaveFile(run), files: { ...run.files, done: run.files.all } };
    case 'file-ended':
      return { phase: 'moving' };
    case 'retrying':
      return { phase: 'retrying' };
    case 'run-ended':
      return { phase: 'ended', ...leaveFile(run), status: text('status') };
    default:
      return {};
  }
}

/** What was read of a file counts as done when the next one begins, or there is none. */
function leaveFile({ file, files, bytes, rows }: LiveRun): Partial<LiveRun> {
  if (file === undefined) return {};
  return {
    file: undefined,
    files: { ...files, done: files.done + 1 },
    bytes: { ...bytes, done: bytes.done + file.size, current: 0 },
    rows: { done: rows.done + rows.current, current: 0 },
  };
}
