import type { FactReader, Reject, RejectQuery, RejectStore, RunHistory, Warehouse } from '@weir/core';

/** A store of rejects beside the warehouse that fills it. */
export interface RejectStoreSubject {
  readonly store: RejectStore;
  readonly warehouse: Warehouse;
  readonly history: RunHistory;
  readonly facts: FactReader;
}

/** All rejects that fit. */
export async function readRejects({ store }: RejectStoreSubject, query: RejectQuery = {}): Promise<readonly Reject[]> {
  const all: Reject[] = [];
  for await (const page of store.readRejects(query)) all.push(...page);
  return all;
}
