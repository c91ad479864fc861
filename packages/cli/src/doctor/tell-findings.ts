import { printable } from '@weir/core/text';
import { membersOf } from '../output/column.ts';
import { formatCounted } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { wrapText } from '../output/wrap-text.ts';
import type { Finding, FindingStatus } from './finding.ts';

const SIGNS: Readonly<Record<FindingStatus, string>> = { ok: '✓', failed: '✗', skipped: '–' };
const INDENT = 26;
const LEAST_WIDTH = 20;

/** One line a check, and how to mend those that failed. */
export function tellFindings(screen: Screen, findings: readonly Finding[]): void {
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const checks = findings.map(({ check, status, code = null, message, remedy = null }) => {
    return { check, status, code, message, remedy };
  });
  screen.document({ status: failed === 0 ? 'ok' : 'failed', checks });
  screen.records(membersOf('check', 'status', 'code', 'message', 'remedy'), checks);
  for (const finding of findings) tellFinding(screen, finding);
  screen.say();
  const sum = failed === 0 ? 'Nothing is wrong.' : `${formatCounted(failed, 'check')} failed. Nothing was changed.`;
  screen.say(failed === 0 ? screen.colors.green(sum) : screen.colors.red(sum));
}

function tellFinding(screen: Screen, { check, status, message, remedy }: Finding): void {
  const { green, red, dim, bold } = screen.colors;
  const color = { ok: green, failed: red, skipped: dim }[status];
  const head = `${color(`${SIGNS[status]} ${status}`.padEnd(10))} ${bold(check.padEnd(14))} `;
  const [first, ...rest] = wrap(screen, message);
  screen.say(`${head}${first}`);
  for (const line of rest) screen.say(' '.repeat(INDENT) + line);
  if (remedy === undefined) return;
  for (const [i, line] of wrap(screen, `next: ${remedy}`).entries()) {
    screen.say(' '.repeat(INDENT) + (i === 0 ? line.replace('next:', bold('next:')) : line));
  }
}

function wrap(screen: Screen, text: string): string[] {
  return text.split('\n').flatMap((line) => wrapText(printable(line), Math.max(LEAST_WIDTH, screen.width - INDENT)));
}
