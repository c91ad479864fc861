import { randomUUID } from 'node:crypto';
import type { Policy, RunUndo, UndoStage, UndoStep } from '@weir/core';
import { readUndoSteps, selectUndoSteps } from '@weir/warehouse-sql';
import type { DataApiSession } from './data-api-session.ts';
import { readUnloaded } from './read-unloaded.ts';
import { RedshiftUndoStage } from './redshift-undo-stage.ts';
import type { StagingPlace } from './staging-place.ts';

/** Finds what stands without a run among the decisions, and puts it back; steps and rows go by way of the staging place. */
export class RedshiftRunUndo implements RunUndo {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    this.#session = session;
    this.#staging = staging;
  }

  steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]> {
    const query = selectUndoSteps(runId, policy, 'redshift');
    const order = { query, prefix: `undo/${randomUUID()}/steps/`, isOrdered: true };
    return readUndoSteps(readUnloaded(this.#session, this.#staging, order, 'looking what an undo is to do'));
  }

  async openUndo(_runId: string): Promise<UndoStage> {
    return new RedshiftUndoStage(this.#session, this.#staging, `undo/${randomUUID()}/`);
  }
}
