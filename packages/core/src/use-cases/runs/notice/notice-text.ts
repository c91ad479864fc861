import type { FileReport } from '../../../ports/ingest-report.ts';
import { formatCounted } from '../../../text/format-amount.ts';
import { printable } from '../../../text/printable.ts';
import { drawBooks } from './books-table.ts';
import { fitText } from './fit-text.ts';
import type { NoticeContext, NoticePlace } from './notice-context.ts';
import type { NoticeFacts, NoticeState } from './notice-facts.ts';
import { describeDays } from './notice-subject.ts';
import { drawReasons, listReasons } from './reject-lines.ts';
import { shorten, toSentence } from './shorten.ts';

const MOST_FILES = 10;
const LONGEST_SENTENCE = 1000;

/** The notice for people. What has to be acted on comes first, each with the command that does it. */
export function composeText(facts: NoticeFacts, context: NoticeContext): string {
  const { runId, files, refused, failed, givenUp, totals } = facts;
  const givenUpFiles = failed.filter(({ key }) => givenUp.has(key));
  const again = failed.filter(({ key }) => !givenUp.has(key));
  const reasons = listReasons(files);
  const sections = [
    [summarise(facts), `Run ${runId}`],
    section(facts.problem !== undefined, 'Why the run failed', () => describeProblem(facts.problem!)),
    section(files.length > 0, 'Books', () => drawBooks(files)),
    section(
      givenUpFiles.length > 0,
      `${formatCounted(givenUpFiles.length, 'file')} failed too often and will not be tried again`,
      () => [
        ...listFiles(givenUpFiles, facts),
        ...listCommands('When the cause is mended, land them again:', givenUpFiles, 'landing', context),
      ],
    ),
    section(
      again.length > 0,
      `${formatCounted(again.length, 'file')} failed; another run takes them up by itself`,
      () => listFiles(again, facts),
    ),
    section(
      refused.length > 0,
      `${formatCounted(refused.length, 'file')} refused as a whole; no row of them was loaded`,
      () => [
        ...listFiles(refused, facts),
        ...listCommands('When they are mended, land them again:', refused, 'quarantine', context),
      ],
    ),
    section(
      reasons.length > 0,
      `${formatCounted(totals.rejected, 'row')} rejected, by reason (a row may have several)`,
      () => [
        ...drawReasons(reasons),
        '  Correct these rows where they come from and deliver the file again under the same name: what was loaded stays.',
      ],
    ),
    section(facts.warnings.length > 0, 'Warnings', () => cutList(facts.warnings.map(indent))),
    section(true, 'Where things are', () => listPlaces(facts, context)),
    section(true, 'Look closer', () => [`  ${printable(context.lookCloser(runId))}`]),
  ];
  return fitText(
    sections
      .filter((lines) => lines.length > 0)
      .map((lines) => `${lines.join('\n')}\n`)
      .join('\n'),
  );
}

const SUMMARIES: Readonly<Record<NoticeState, string>> = {
  loaded: 'All files were loaded, without a rejected row.',
  'loaded-with-rejects': 'The files were loaded, but for what is named below.',
  'nothing-new': 'All files were loaded by runs before: nothing changed.',
  refused: 'Every file was refused: nothing was loaded.',
  'failed-in-part': 'Some files were loaded, others could not be processed.',
  failed: 'Nothing was loaded. Weir tries again by itself.',
  'gave-up': 'Weir has given up on files that failed again and again: they need you.',
};

function summarise({ state, days, files, totals }: NoticeFacts): string {
  const amount = `${formatCounted(files.length, 'file')} of ${describeDays(days)}, ${formatCounted(totals.read, 'row')} read, ${formatCounted(totals.rejected, 'row')} rejected.`;
  return `${SUMMARIES[state]}\n${amount}`;
}

function section(isDue: boolean, title: string, body: () => readonly string[]): readonly string[] {
  return isDue ? [title, ...body()] : [];
}

function describeProblem({ code, message, remedy }: NonNullable<FileReport['problem']>): readonly string[] {
  return [indent(`${code}: ${message}`), ...(remedy === undefined ? [] : [indent(remedy)])];
}

/** With the cause of each, unless it is that of the whole run. */
function listFiles(files: readonly FileReport[], { problem: ofRun }: NoticeFacts): readonly string[] {
  const lines = files.slice(0, MOST_FILES).flatMap(({ key, problem }) => {
    const cause = ofRun === undefined && problem !== undefined ? describeProblem(problem) : [];
    return [`  ${shorten(key, 300)}`, ...cause.map((line) => `  ${line}`)];
  });
  return files.length > MOST_FILES ? [...lines, `  ... and ${files.length - MOST_FILES} more`] : lines;
}

function listCommands(
  title: string,
  files: readonly FileReport[],
  from: NoticePlace,
  { replay }: NoticeContext,
): readonly string[] {
  return [`  ${title}`, ...files.slice(0, MOST_FILES).map(({ key }) => `    ${printable(replay(key, from))}`)];
}

function listPlaces({ runId, refused, failed, files }: NoticeFacts, context: NoticeContext): readonly string[] {
  const kept = files.length - refused.length - failed.length;
  return [
    `  report      ${context.reportOf(runId)}`,
    ...(kept > 0 ? [`  archive     ${context.archive} (${formatCounted(kept, 'file')}, under the same paths)`] : []),
    ...(refused.length > 0
      ? [`  quarantine  ${context.quarantine} (${formatCounted(refused.length, 'file')}, under the same paths)`]
      : []),
    ...(failed.length > 0 ? [`  landing     ${context.landing} (${formatCounted(failed.length, 'file')} left)`] : []),
  ];
}

function indent(text: string): string {
  return `  ${toSentence(text, LONGEST_SENTENCE)}`;
}

function cutList(lines: readonly string[]): readonly string[] {
  return lines.length > MOST_FILES
    ? [...lines.slice(0, MOST_FILES), `  ... and ${lines.length - MOST_FILES} more`]
    : lines;
}
