import { type Decision, type Fact, MOST_DECISIONS, type Policy } from '@weir/core';
import { printable } from '@weir/core/text';
import { drawTable } from '../output/draw-table.ts';
import { formatCount, formatCounted, formatTime } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { section } from '../output/section.ts';
import { wrapText } from '../output/wrap-text.ts';
import { describeDecision, placeOf } from './describe-decision.ts';
import type { Explanation } from './explanation-document.ts';

const COLUMNS = [
  { title: 'when (UTC)' },
  { title: 'verdict' },
  { title: 'row', gives: true as const },
  { title: 'date' },
  { title: 'status' },
  { title: 'run', spare: true as const },
];

/**
 * The life of a transaction, for people: every decision with its reason, then the fact.
 *
 * @param kept undefined where no configuration says it: changes
 */
export function tellLife(screen: Screen, explanation: Explanation, kept: Policy['decisions'] | undefined): void {
  const { transactionId, decisions, fact } = explanation;
  const { bold } = screen.colors;
  const most = decisions.length === MOST_DECISIONS ? `, the newest ${formatCount(MOST_DECISIONS)}` : '';
  const count =
    decisions.length === 0 ? 'no decision is kept' : `${formatCounted(decisions.length, 'decision')}${most}`;
  screen.say(`Transaction ${bold(printable(transactionId))}: ${count}`);
  if (decisions.length > 0) {
    screen.say();
    screen.say(drawDecisions(screen, decisions));
  }
  const missing = describeMissing(decisions, kept);
  if (missing !== undefined) section(screen, 'What is not told here', [`  ${missing}`]);
  if (fact === undefined) section(screen, 'The fact', ['  None is stored under this id.']);
  else section(screen, 'The fact', drawFact(screen, fact));
}

/** One line a decision, and its reason below it. */
function drawDecisions(screen: Screen, decisions: readonly Decision[]): string {
  const rows = decisions.map(({ runId, decidedAt, verdict, row }) => [
    formatTime(decidedAt).slice(0, -4),
    verdict,
    placeOf(row.sourceKey, row.sourceLine),
    row.transactionDate,
    printable(row.status),
    printable(runId),
  ]);
  const lines = drawTable(screen, COLUMNS, rows)?.split('\n') ?? ['', ...rows.map((cells) => cells.join(' '))];
  const head = lines.slice(0, lines.length - rows.length);
  const body = lines.slice(-rows.length);
  const reason = (i: number) => wrapText(describeDecision(decisions[i]!), screen.width - 2);
  const told = body.flatMap((line, i) => [line, ...reason(i).map((words) => screen.colors.dim(`  ${words}`))]);
  return [...head.filter((line) => line !== ''), ...told].join('\n');
}

function describeMissing(decisions: readonly Decision[], kept: Policy['decisions'] | undefined): string | undefined {
  if (decisions[0]?.verdict === 'inserted' || decisions.length === MOST_DECISIONS) return undefined;
  if (kept === 'none') return 'The policy in force keeps no decisions ("decisions": "none").';
  if (kept === 'all') return 'Runs under a policy that keeps fewer decisions, or none.';
  return 'Rows that were inserted or said the same: the policy in force keeps changes only ("decisions": "changes").';
}

function drawFact(screen: Screen, fact: Fact): readonly string[] {
  const rows = Object.entries({ ...fact, source_modified: new Date(fact.source_modified).toISOString() });
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${screen.colors.dim(name.padEnd(width))}  ${printable(String(value))}`);
}
