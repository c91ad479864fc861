import type { FileReport } from '../../../ports/ingest-report.ts';
import { MOST_DOCUMENT_BYTES } from './fit-text.ts';
import type { NoticeContext } from './notice-context.ts';
import type { NoticeFacts } from './notice-facts.ts';
import { listReasons } from './reject-lines.ts';
import { toSentence } from './shorten.ts';

const MOST_FILES = 100;
const LONGEST_SENTENCE = 500;

/**
 * The notice for machines, with the names of `weir ingest --json`; every member is always there, null where there is nothing
 * to say. Of many files it lists the worst; `fileCount` counts all, and the report has them.
 */
export function composeDocument(facts: NoticeFacts, context: NoticeContext): Readonly<Record<string, unknown>> {
  // Keys may have a thousand characters each: as many files as fit.
  for (let most = MOST_FILES; ; most = Math.floor(most / 2)) {
    const document = describe(facts, context, most);
    if (most === 0 || byteLength(document) <= MOST_DOCUMENT_BYTES) return document;
  }
}

function describe(facts: NoticeFacts, context: NoticeContext, most: number): Readonly<Record<string, unknown>> {
  const { runId, state, days, files, totals, refused, failed, givenUp, problem, warnings } = facts;
  return {
    runId,
    state,
    firstDay: days?.first ?? null,
    lastDay: days?.last ?? null,
    fileCount: files.length,
    refusedCount: refused.length,
    failedCount: failed.length,
    givenUpCount: givenUp.size,
    totals,
    files: files.slice(0, most).map((file) => describeFile(file, givenUp)),
    rejects: listReasons(files).map((reason) => ({ ...reason, examples: most > 0 ? reason.examples : [] })),
    problem: describeProblem(problem),
    warnings: warnings.slice(0, Math.min(most, 10)).map((warning) => toSentence(warning, LONGEST_SENTENCE)),
    report: context.reportOf(runId),
    landing: context.landing,
    archive: context.archive,
    quarantine: context.quarantine,
    lookCloser: context.lookCloser(runId),
  };
}

function describeFile(file: FileReport, givenUp: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const { key, status, contentHash, rejectsByCode, firstRejects, problem } = file;
  const { read, inserted, updated, unchanged, stale, duplicate, rejected } = file;
  return {
    key,
    status,
    contentHash: contentHash ?? null,
    read,
    inserted,
    updated,
    unchanged,
    stale,
    duplicate,
    rejected,
    rejectsByCode,
    firstRejects,
    problem: describeProblem(problem),
    givenUp: givenUp.has(key),
  };
}

function describeProblem(problem: FileReport['problem']): unknown {
  if (problem === undefined) return null;
  const { code, message, remedy } = problem;
  return {
    code: toSentence(code, LONGEST_SENTENCE),
    message: toSentence(message, LONGEST_SENTENCE),
    remedy: remedy === undefined ? null : toSentence(remedy, LONGEST_SENTENCE),
  };
}

function byteLength(document: unknown): number {
  return new TextEncoder().encode(JSON.stringify(document)).length;
}
