import { EMPTY_BOOKS } from '../ports/books.ts';
import type { Clock } from '../ports/clock.port.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import type { FileStatus, IngestReport } from '../ports/ingest-report.ts';
import type { UndoCounts, UndoEvent } from '../ports/undo-event.ts';
import { fileDocument, problemDocument } from './file-document.ts';
import { RUN_EVENT_VERSION, type RunEvent } from './run-event.ts';

/** Milliseconds between two events that tell how far a file is. */
const PROGRESS_EVERY = 250;

/** Turns what a run tells into events for programs; how far a file is, it tells four times a second at most. */
export class RunEventLog {
  private readonly clock: Clock;
  private readonly write: (event: RunEvent) => void;
  private runId = '';
  private progressAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, write: (event: RunEvent) => void) {
    this.clock = clock;
    this.write = write;
  }

  readonly take = (event: IngestEvent | UndoEvent): void => {
    const now = this.clock.now();
    if ('runId' in event) this.runId = event.runId;
    if (event.kind === 'file-progress') {
      // Also where the clock is set back.
      if (Math.abs(now - this.progressAt) < PROGRESS_EVERY) return;
      this.progressAt = now;
    }
    const envelope = { version: RUN_EVENT_VERSION, time: toIso(now), runId: this.runId } as const;
    this.write(toRunEvent(event, envelope));
  };
}

type Envelope = Pick<RunEvent, 'version' | 'time' | 'runId'>;

function toRunEvent(event: IngestEvent | UndoEvent, { version, time, runId }: Envelope): RunEvent {
  const head = { version, time, runId };
  switch (event.kind) {
    case 'run-started':
      return { ...head, kind: event.kind, operation: event.operation };
    case 'file-ended':
      return { ...head, kind: event.kind, file: { ...fileDocument(event.file), takenTo: event.file.takenTo ?? null } };
    case 'run-ended':
      return { ...head, kind: 'run-ended', error: null, ...describeEnd(event.report), phases: event.phases };
    case 'run-failed':
      return { ...head, kind: 'run-ended', error: problemDocument(event.problem), ...NOTHING, phases: event.phases };
    case 'undo-ended':
      return { ...head, kind: 'undo-ended', error: null, undoneAt: toIso(event.undoneAt), ...event.counts };
    case 'undo-failed':
      return { ...head, kind: 'undo-ended', error: problemDocument(event.problem), undoneAt: null, ...NO_COUNTS };
    default:
      return { ...head, ...event };
  }
}

const NOTHING = {
  status: 'failed',
  totals: EMPTY_BOOKS,
  files: {},
  archived: 0,
  quarantined: 0,
  notMoved: 0,
  warnings: [],
} as const;

const NO_COUNTS: UndoCounts = { facts: 0, restored: 0, deleted: 0, left: 0, replaced: 0 };

const toIso = (milliseconds: number) => new Date(milliseconds).toISOString();

function describeEnd({ status, totals, files, archived, quarantined, notMoved, warnings }: IngestReport) {
  const counts: Partial<Record<FileStatus, number>> = {};
  for (const file of files) counts[file.status] = (counts[file.status] ?? 0) + 1;
  return { status, totals, files: counts, archived, quarantined, notMoved: notMoved.length, warnings };
}
