import type { Decision, Fact } from '@weir/core';

/** What is known about one transaction. */
export interface Explanation {
  readonly transactionId: string;
  /** Oldest first. */
  readonly decisions: readonly Decision[];
  readonly fact: Fact | undefined;
}

/** As `weir explain --json` prints it. Times are ISO 8601 in UTC; what is not known is `null`. */
export function explanationDocument({ transactionId, decisions, fact }: Explanation): Record<string, unknown> {
  return {
    transactionId,
    decisions: decisions.map(decisionDocument),
    fact: fact === undefined ? null : { ...fact, source_modified: toIso(fact.source_modified) },
  };
}

function decisionDocument({
  decidedAt,
  undoneAt,
  decidedBy,
  row,
  other,
  ...decision
}: Decision): Record<string, unknown> {
  return {
    ...decision,
    decidedAt: toIso(decidedAt),
    undoneAt: undoneAt === undefined ? null : toIso(undoneAt),
    decidedBy: decidedBy ?? null,
    row: { ...row, sourceModified: toIso(row.sourceModified) },
    other:
      other === undefined
        ? null
        : {
            ...other,
            runId: other.runId ?? null,
            sourceDay: other.sourceDay ?? null,
            sourceModified: other.sourceModified === undefined ? null : toIso(other.sourceModified),
          },
  };
}

function toIso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
