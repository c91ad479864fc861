import type { AmountTotal, FactReader, FaultCode, Reject, RejectStore, RunRecord } from '@weir/core';
import type { RejectExamples } from '../sections/rejects.ts';

export interface ReportSources {
  readonly facts: Pick<FactReader, 'totals'>;
  readonly rejects: Pick<RejectStore, 'readRejects'>;
}

export interface RunReport {
  readonly run: RunRecord;
  readonly examples: RejectExamples;
  readonly amounts: readonly AmountTotal[];
}

const EXAMPLES_A_CODE = 3;

/** All that the report of a run shows. */
export async function collectReport({ facts, rejects }: ReportSources, run: RunRecord): Promise<RunReport> {
  return {
    run,
    examples: await collectExamples(rejects, run),
    amounts: await facts.totals({ runId: run.runId }),
  };
}

/** Some of the rows that the run rejected, by code. */
export async function collectExamples(rejects: ReportSources['rejects'], run: RunRecord): Promise<RejectExamples> {
  const codes = new Set(run.files.flatMap(({ rejectsByCode }) => Object.keys(rejectsByCode) as FaultCode[]));
  const examples = new Map<FaultCode, readonly Reject[]>();
  for (const code of codes) {
    const found: Reject[] = [];
    const query = { runId: run.runId, codes: [code], limit: EXAMPLES_A_CODE };
    for await (const page of rejects.readRejects(query)) found.push(...page);
    if (found.length > 0) examples.set(code, found);
  }
  return examples;
}
