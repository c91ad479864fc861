import type { ReplayReport } from '@weir/core';
import { describeBooks } from '@weir/core/text';
import { tellWarnings } from '../ingest/tell-ingest.ts';
import { callWeir } from '../output/call-weir.ts';
import { formatCount } from '../output/format-amount.ts';
import { section } from '../output/section.ts';
import type { Session } from '../session.ts';
import { describeReplay } from './describe-replay.ts';
import { namePlace } from './name-place.ts';

const MOST_RUNS = 5;

/** What a replay did, for people. */
export function tellReplay({ screen, env }: Session, report: ReplayReport): void {
  const { runs, read, totals, unreadable, firstUnreadable, warnings } = report;
  if (read === 0) {
    screen.say('No open rejected row fits: nothing to read again.');
    return;
  }
  screen.say(describeReplay(report));
  if (runs.length > 0) screen.say(`Books: ${describeBooks(totals)}`);
  if (unreadable > 0) {
    const lines = firstUnreadable.map((place) => `  ${namePlace(place, firstUnreadable)}`);
    const more = unreadable - lines.length;
    section(screen, 'Not kept whole, so they cannot be read again: correct and deliver them', [
      ...lines,
      ...(more > 0 ? [`  ... and ${formatCount(more)} more`] : []),
    ]);
  }
  tellWarnings(screen, warnings);
  if (runs.length === 0) return;
  const lines = runs.slice(0, MOST_RUNS).map((runId) => `  ${callWeir(env)} runs show ${runId}`);
  const more = runs.length - lines.length;
  section(screen, 'Next', [...lines, ...(more > 0 ? [`  ... and ${formatCount(more)} runs more`] : [])]);
}
