import { readSourceDay } from '../../../intake/read-source-day.ts';
import { addBooks, type Books } from '../../../ports/books.ts';
import type { FileReport } from '../../../ports/ingest-report.ts';
import type { LandedFile } from '../../../ports/landing-zone.port.ts';
import type { RunEntry, RunProblem } from '../../../ports/run-ledger.port.ts';
import { compareUtf8 } from '../../../rules/version.ts';
import { reportFile } from '../../report-file.ts';

/** A run that ended, with those of its files that are not tried again. */
export interface EndedRun {
  readonly entry: RunEntry;
  readonly givenUp: readonly LandedFile[];
}

/** What a notice says in one word. */
export type NoticeState =
  | 'loaded'
  | 'loaded-with-rejects'
  | 'nothing-new'
  | 'refused'
  | 'failed-in-part'
  | 'failed'
  | 'gave-up';

/** What a notice is about, however it is told. */
export interface NoticeFacts {
  readonly runId: string;
  readonly state: NoticeState;
  /** The source days of the files, `YYYY-MM-DD`, first and last; undefined where there is no file. */
  readonly days: { readonly first: string; readonly last: string } | undefined;
  /** The worst first: failed, refused, then by rejected rows. */
  readonly files: readonly FileReport[];
  readonly totals: Books;
  readonly refused: readonly FileReport[];
  readonly failed: readonly FileReport[];
  /** Keys that are not tried again. */
  readonly givenUp: ReadonlySet<string>;
  /** Why the run as a whole failed. */
  readonly problem: RunProblem | undefined;
  readonly warnings: readonly string[];
}

export function gatherFacts({ entry, givenUp }: EndedRun): NoticeFacts {
  const { runId, state } = entry;
  const problem = state.kind === 'failed' ? state.problem : undefined;
  const reported =
    state.kind === 'committed'
      ? state.report.files
      : entry.files.map(({ key }) => reportFile(key, 'failed', { problem }));
  const files = reported.toSorted((a, b) => rank(b) - rank(a) || b.rejected - a.rejected || compareUtf8(a.key, b.key));
  const givenUpKeys = new Set(givenUp.map(({ key }) => key));
  return {
    runId,
    state: nameState(files, givenUpKeys),
    days: findDays(entry.files),
    files,
    totals: addBooks(files),
    refused: files.filter(({ status }) => status === 'refused'),
    failed: files.filter(({ status }) => status === 'failed'),
    givenUp: givenUpKeys,
    problem,
    warnings: state.kind === 'committed' ? state.report.warnings : [],
  };
}

function nameState(files: readonly FileReport[], givenUp: ReadonlySet<string>): NoticeState {
  const count = (status: FileReport['status']) => files.filter((file) => file.status === status).length;
  if (givenUp.size > 0) return 'gave-up';
  if (count('failed') > 0) return count('failed') === files.length ? 'failed' : 'failed-in-part';
  if (count('refused') > 0 && count('refused') === files.length) return 'refused';
  if (count('refused') > 0 || files.some(({ rejected }) => rejected > 0)) return 'loaded-with-rejects';
  if (count('already-loaded') === files.length) return 'nothing-new';
  return 'loaded';
}

function rank({ status }: FileReport): number {
  return status === 'failed' ? 2 : status === 'refused' ? 1 : 0;
}

/** The last moment that a date can hold, in milliseconds since 1970. */
const LAST_MOMENT = 8.64e15;

function findDays(files: readonly LandedFile[]): NoticeFacts['days'] {
  const days = files
    .filter(({ modifiedAt }) => Math.abs(modifiedAt) <= LAST_MOMENT)
    .map(({ key, modifiedAt }) => readSourceDay(key, modifiedAt))
    .sort();
  return days.length === 0 ? undefined : { first: days[0]!, last: days.at(-1)! };
}
