import type { DecisionLog, Fact, FactReader, RunHistory, RunUndo, Warehouse } from '@weir/core';
import type { StoredDecision, StoredReject } from '@weir/core/testing';

/** A warehouse with all that can be seen of it. */
export interface WarehouseSubject {
  readonly warehouse: Warehouse;
  readonly history: RunHistory;
  readonly facts: FactReader;
  readonly log: DecisionLog;
  readonly undo: RunUndo;
  /**
   * Whether the back-end takes texts that differ in trailing blanks only for one key. No delivery has such ids: the rules
   * trim them.
   */
  readonly ignoresTrailingBlanks?: boolean;
  /** All rejects that are kept, in any order. */
  rejects(): Promise<readonly StoredReject[]>;
  /** All decisions that are kept, in any order. */
  decisions(): Promise<readonly StoredDecision[]>;
}

/** Those of the ids that the back-end tells apart. */
export function idsFor({ ignoresTrailingBlanks = false }: WarehouseSubject, ids: readonly string[]): readonly string[] {
  return ignoresTrailingBlanks ? ids.filter((id) => !id.endsWith(' ')) : ids;
}

/** All facts, in the order in which they are read. */
export async function readFacts({ facts }: WarehouseSubject): Promise<readonly Fact[]> {
  const all: Fact[] = [];
  for await (const batch of facts.facts()) all.push(...batch);
  return all;
}

/** @throws Error where there is no such fact */
export async function readFact(subject: WarehouseSubject, transactionId = 'T-1'): Promise<Fact> {
  const fact = (await readFacts(subject)).find(({ transaction_id }) => transaction_id === transactionId);
  if (fact === undefined) throw new Error(`There is no fact ${transactionId}.`);
  return fact;
}

/** The first decision of a run with this verdict. */
export async function readDecision(
  subject: WarehouseSubject,
  runId: string,
  verdict: string,
): Promise<StoredDecision | undefined> {
  return (await subject.decisions()).find((decision) => decision.run_id === runId && decision.verdict === verdict);
}
