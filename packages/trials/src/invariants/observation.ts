import type { Fact, FactReader, RunHistory, RunRecord } from '@weir/core';
import type { StoredDecision, StoredReject } from '@weir/core/testing';

/** Through what a trial looks at the pipeline from outside; no writer is asked how it went. */
export interface Watched {
  readonly facts: FactReader;
  readonly history: RunHistory;
  rejects(): Promise<readonly StoredReject[]>;
  decisions(): Promise<readonly StoredDecision[]>;
  /** All versions that lie in the landing place. */
  landed(): Promise<readonly PlacedFile[]>;
  archived(): Promise<readonly PlacedFile[]>;
  quarantined(): Promise<readonly PlacedFile[]>;
}

/** The name under which a content lies in a place. */
export interface PlacedFile {
  readonly key: string;
  readonly contentHash: string;
}

/** All that is there at one moment. */
export interface Observation {
  readonly facts: readonly Fact[];
  /** The earliest start first; at most the last 1000. */
  readonly runs: readonly RunRecord[];
  readonly rejects: readonly StoredReject[];
  readonly decisions: readonly StoredDecision[];
  readonly landed: readonly PlacedFile[];
  readonly archived: readonly PlacedFile[];
  readonly quarantined: readonly PlacedFile[];
}

export async function observe(watched: Watched): Promise<Observation> {
  const facts: Fact[] = [];
  for await (const batch of watched.facts.facts()) facts.push(...batch);
  const runs: RunRecord[] = [];
  for (const { runId } of (await watched.history.runs({ limit: 1000 })).toReversed()) {
    runs.push((await watched.history.run(runId))!);
  }
  return {
    facts,
    runs,
    rejects: await watched.rejects(),
    decisions: await watched.decisions(),
    landed: await watched.landed(),
    archived: await watched.archived(),
    quarantined: await watched.quarantined(),
  };
}
