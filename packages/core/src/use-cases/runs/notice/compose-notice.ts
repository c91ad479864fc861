import type { LandedFile } from '../../../ports/landing-zone.port.ts';
import type { Notice } from '../../../ports/notifier.port.ts';
import type { RunEntry } from '../../../ports/run-ledger.port.ts';
import type { NoticeContext } from './notice-context.ts';

/** A run that ended, with those of its files that are not tried again. */
export interface EndedRun {
  readonly entry: RunEntry;
  readonly givenUp: readonly LandedFile[];
}

export function composeNotice({ entry }: EndedRun, _context: NoticeContext): Notice {
  return { subject: `Weir ${entry.state.kind}`, text: entry.runId, document: { runId: entry.runId } };
}
