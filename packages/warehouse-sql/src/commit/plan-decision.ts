import type { Policy } from '@weir/core';
import { DIALECTS, type Dialect } from '../dialect.ts';
import { type Statement, toStatement } from '../statement.ts';
import { analyzed } from './analyzed.ts';
import { countVerdicts } from './count-verdicts.ts';
import { decideRows } from './decide-rows.ts';

/**
 * From the filled stage to `stage_verdict` and `stage_count`.
 *
 * @param counts compares the stage with what the transform counted
 */
export function planDecision(policy: Policy, dialect: Dialect, counts: Statement): readonly Statement[] {
  return [
    ...DIALECTS[dialect].tuning.decide.map((text) => toStatement('tune-decide', text)),
    ...analyzed('stage_file', ['file_no', 'status'], dialect),
    ...analyzed('stage_row', ['file_no', 'transaction_id'], dialect),
    counts,
    decideRows(policy, dialect),
    countVerdicts(dialect),
    ...analyzed('stage_verdict', ['transaction_id', 'verdict', 'place'], dialect),
  ];
}
