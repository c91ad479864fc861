import { randomUUID } from 'node:crypto';
import type { FailedRun, Warehouse } from '@weir/core';
import { findCommittedHashes, lockWriters, recordFailedRun, untilItHolds } from '@weir/warehouse-sql';
import { askRedshift } from './ask-redshift.ts';
import type { DataApiSession } from './data-api-session.ts';
import { RedshiftSchema } from './redshift-schema.ts';
import { RedshiftStage } from './redshift-stage.ts';
import type { StagingPlace } from './staging-place.ts';

export interface RedshiftWarehouseOptions {
  readonly session: DataApiSession;
  readonly staging: StagingPlace;
  /** The prefix of a run's stage, with its last `/`; one of its own for every stage where it is left out. */
  readonly prefixOf?: ((runId: string) => string) | undefined;
}

/** Each is a parameter of the statement. */
const KEYS_A_QUESTION = 100;

/** The tables of Weir in Redshift; see `RedshiftSchema` for how they come there. */
export class RedshiftWarehouse implements Warehouse {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;
  readonly #prefixOf: (runId: string) => string;
  /** Once: tables do not go back to an older version. */
  readonly #requireSchema: () => Promise<void>;

  constructor({ session, staging, prefixOf = prefixOfItsOwn }: RedshiftWarehouseOptions) {
    this.#session = session;
    this.#staging = staging;
    this.#prefixOf = prefixOf;
    this.#requireSchema = untilItHolds(() => new RedshiftSchema({ session, clock: { now: () => 0 } }).check());
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    await this.#requireSchema();
    return findCommittedHashes(askRedshift(this.#session), keys, KEYS_A_QUESTION);
  }

  async openStage(runId: string): Promise<RedshiftStage> {
    await this.#requireSchema();
    return new RedshiftStage(this.#session, this.#staging, this.#prefixOf(runId));
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    await this.#session.transact([lockWriters(), recordFailedRun(run, 'redshift')], 'recording a failed run');
  }
}

function prefixOfItsOwn(runId: string): string {
  return `runs/${encodeURIComponent(runId)}/${randomUUID()}/`;
}
