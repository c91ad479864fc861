import { randomUUID } from 'node:crypto';
import { decodeStagedLines, type Policy, type RunUndo, type UndoStage, type UndoStep } from '@weir/core';
import { readUndoStep, selectUndoSteps } from '@weir/warehouse-sql';
import { readStagedObjects } from '../s3/read-staged-objects.ts';
import type { DataApiSession } from './data-api-session.ts';
import { RedshiftUndoStage } from './redshift-undo-stage.ts';
import type { StagingPlace } from './staging-place.ts';
import { removeUnloaded, unload } from './unload.ts';
import { wholeLines } from './whole-lines.ts';

/** A step has at least some 16 bytes, so this is never more than some thousand steps. */
const BYTES_A_PAGE = 64 * 1024;

/** Finds what stands without a run among the decisions, and puts it back; steps and rows go by way of the staging place. */
export class RedshiftRunUndo implements RunUndo {
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;

  constructor({ session, staging }: { readonly session: DataApiSession; readonly staging: StagingPlace }) {
    this.#session = session;
    this.#staging = staging;
  }

  async *steps(runId: string, policy: Policy): AsyncIterable<readonly UndoStep[]> {
    const { client, bucket } = this.#staging;
    const prefix = `undo/${randomUUID()}/steps/`;
    const order = { query: selectUndoSteps(runId, policy, 'redshift'), prefix, isOrdered: true };
    const [keys] = await unload(this.#session, this.#staging, [order], 'looking what an undo is to do');
    try {
      for await (const lines of wholeLines(readStagedObjects(client, bucket, keys!), BYTES_A_PAGE)) {
        yield decodeStagedLines(lines).map(readUndoStep);
      }
    } finally {
      await removeUnloaded(this.#staging, [...keys!, `${prefix}manifest`]);
    }
  }

  async openUndo(_runId: string): Promise<UndoStage> {
    return new RedshiftUndoStage(this.#session, this.#staging, `undo/${randomUUID()}/`);
  }
}
