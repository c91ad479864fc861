import { LONGEST_SUBJECT } from '../../../ports/legal-notice.ts';
import { formatCount, formatCounted } from '../../../text/format-amount.ts';
import type { NoticeFacts, NoticeState } from './notice-facts.ts';

const STATE_WORDS: Readonly<Record<NoticeState, string>> = {
  loaded: 'loaded',
  'loaded-with-rejects': 'loaded with rejects',
  'nothing-new': 'found nothing new',
  refused: 'REFUSED',
  'failed-in-part': 'FAILED in part',
  failed: 'FAILED',
  'gave-up': 'GAVE UP',
};

/** State, source days and counts on one line, the most telling first, as far as the line holds them. */
export function composeSubject({ state, days, files, failed, refused, totals }: NoticeFacts): string {
  const counts = [
    formatCounted(files.length, 'file'),
    ...(failed.length > 0 ? [`${formatCount(failed.length)} failed`] : []),
    ...(refused.length > 0 ? [`${formatCount(refused.length)} refused`] : []),
    `${formatShort(totals.read)} ${totals.read === 1 ? 'row' : 'rows'}`,
    `${formatShort(totals.rejected)} rejected`,
  ];
  let subject = `Weir ${STATE_WORDS[state]} ${describeDays(days)}`;
  for (const [i, count] of counts.entries()) {
    const longer = `${subject}${i === 0 ? ': ' : ', '}${count}`;
    if (longer.length > LONGEST_SUBJECT) break;
    subject = longer;
  }
  return subject;
}

export function describeDays(days: NoticeFacts['days']): string {
  if (days === undefined) return '(no day)';
  return days.first === days.last ? days.first : `${days.first} to ${days.last}`;
}

/** Exact below a million. */
function formatShort(count: number): string {
  if (count < 1e6) return formatCount(count);
  return count < 1e9 ? `${(count / 1e6).toFixed(1)}M` : `${(count / 1e9).toFixed(1)}B`;
}
