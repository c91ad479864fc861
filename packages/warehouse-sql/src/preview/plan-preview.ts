import type { RunToPreview } from '@weir/core';
import { selectCountMismatches } from '../commit/check-counts.ts';
import { leaveOutCommitted } from '../commit/leave-out-committed.ts';
import { planDecision } from '../commit/plan-decision.ts';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { chooseExamples } from './choose-examples.ts';
import { selectPreviewedChanges } from './select-previewed-changes.ts';
import { selectPreviewedFiles } from './select-previewed-files.ts';
import { selectPreviewedRejects } from './select-previewed-rejects.ts';

/**
 * The statements of one transaction that is to see one state of the facts and needs no lock: it writes to nothing but
 * temporary tables. The stage tables are filled by then. `toPreviewedRun` takes the rows of the SELECTs.
 */
export function planPreview({ policy, examples }: RunToPreview, dialect: Dialect): readonly Statement[] {
  // Of a stored row the changes tell more than a decision does, and of few rows only.
  const silent = { ...policy, decisions: 'none' as const };
  return [
    leaveOutCommitted(dialect),
    ...planDecision(silent, dialect, selectCountMismatches()),
    ...DIALECTS[dialect].tuning.record.map((text) => toStatement('tune-preview', text)),
    ...chooseExamples(examples, dialect),
    selectPreviewedFiles(),
    selectPreviewedRejects(examples, dialect),
    selectPreviewedChanges(),
  ];
}
