import { randomUUID } from 'node:crypto';
import type { FailedRun, Warehouse } from '@weir/core';
import { lockWriters, recordFailedRun, selectCommittedHashes } from '@weir/warehouse-sql';
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

const KEYS_A_QUESTION = 100;

/** The tables of Weir in Redshift; see `RedshiftSchema` for how they come there. */
export class RedshiftWarehouse implements Warehouse {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;
  readonly #prefixOf: (runId: string) => string;
  #checked: Promise<void> | undefined;

  constructor({ session, staging, prefixOf = prefixOfItsOwn }: RedshiftWarehouseOptions) {
    this.#session = session;
    this.#staging = staging;
    this.#prefixOf = prefixOf;
  }

  async committedHashes(keys: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    await this.#requireSchema();
    const wanted = new Set(keys);
    const hashes = new Map<string, Set<string>>();
    const list = [...wanted];
    for (let i = 0; i < list.length; i += KEYS_A_QUESTION) {
      const question = selectCommittedHashes(list.slice(i, i + KEYS_A_QUESTION), 'redshift');
      for (const row of await this.#session.query(question, 'looking for committed files')) {
        const { source_key: key, content_hash: hash } = row;
        // Redshift also finds keys that differ in trailing blanks.
        if (wanted.has(key!)) hashes.set(key!, (hashes.get(key!) ?? new Set()).add(hash!));
      }
    }
    return hashes;
  }

  async openStage(runId: string): Promise<RedshiftStage> {
    await this.#requireSchema();
    return new RedshiftStage(this.#session, this.#staging, this.#prefixOf(runId));
  }

  async recordFailedRun(run: FailedRun): Promise<void> {
    await this.#session.transact([lockWriters(), recordFailedRun(run, 'redshift')], 'recording a failed run');
  }

  /** Asked until it was right once: tables do not go back to an older version. */
  async #requireSchema(): Promise<void> {
    this.#checked ??= new RedshiftSchema({ session: this.#session, clock: { now: () => 0 } }).check();
    try {
      await this.#checked;
    } catch (error) {
      this.#checked = undefined;
      throw error;
    }
  }
}

function prefixOfItsOwn(runId: string): string {
  return `runs/${encodeURIComponent(runId)}/${randomUUID()}/`;
}
