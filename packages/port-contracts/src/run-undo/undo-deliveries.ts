import { type Policy, type PolicyInput, parsePolicy, type UndoStep, type UndoToCommit } from '@weir/core';
import {
  buildDelivery,
  commitDeliveries,
  type Delivery,
  type DeliveryValues,
  encodeStagedRow,
} from '@weir/core/testing';
import type { WarehouseSubject } from '../warehouse-subject.ts';

export const HOUR = 3_600_000;
export const UNDONE_AT = Date.UTC(2023, 3, 1, 2, 3, 4, 5);

/** Runs of one delivery each, hour by hour, and how they are undone. */
export class Deliveries {
  readonly subject: WarehouseSubject;
  readonly policy: Policy;
  private readonly byRun = new Map<string, Delivery>();
  private hours = 0;

  constructor(subject: WarehouseSubject, policy: PolicyInput = {}) {
    this.subject = subject;
    this.policy = parsePolicy(policy);
  }

  /** Commits a delivery of the day `version`, which is also its time, as a run of its own. */
  async commit(
    runId: string,
    version: number,
    rows: DeliveryValues['rows'],
    { policy, ...values }: DeliveryValues & { readonly policy?: PolicyInput } = {},
  ): Promise<void> {
    const time = ++this.hours * HOUR;
    const place = { key: `${runId}.csv`, sourceDay: `2023-03-0${version}`, sourceModified: version * HOUR + 7 };
    const delivery = buildDelivery({ ...place, rows: rows!, ...values });
    this.byRun.set(runId, delivery);
    const times = { startedAt: time, committedAt: time + 1 };
    await commitDeliveries(this.subject.warehouse, runId, [delivery], { ...times, policy: policy ?? this.policy });
  }

  async again(runId: string, newRunId: string): Promise<string> {
    const time = ++this.hours * HOUR;
    const times = { startedAt: time, committedAt: time + 1, policy: this.policy };
    const { files } = await commitDeliveries(this.subject.warehouse, newRunId, [this.byRun.get(runId)!], times);
    return files[0]!.status;
  }

  async steps(runId: string): Promise<readonly UndoStep[]> {
    const all: UndoStep[] = [];
    for await (const page of this.subject.undo.steps(runId, this.policy)) all.push(...page);
    return all;
  }

  /** Steps as `T-1 delete`, `T-1 run-2:7`. */
  async told(runId: string): Promise<readonly string[]> {
    return (await this.steps(runId)).map((step) => {
      if (step.kind !== 'restore') return `${step.transactionId} ${step.kind}`;
      return `${step.transactionId} ${step.source.runId}:${step.line}`;
    });
  }

  /** Does all steps, or those that are given. */
  async undo(runId: string, changes: Partial<UndoToCommit> = {}, steps?: readonly UndoStep[]): Promise<void> {
    const todo = steps ?? (await this.steps(runId));
    const restores = todo.filter((step) => step.kind === 'restore');
    const stage = await this.subject.undo.openUndo(runId);
    try {
      for (const [i, { source, line }] of restores.entries()) {
        const row = this.byRun.get(source.runId)!.rows.find(({ source_line }) => source_line === line)!;
        await stage.writeRows(encodeStagedRow({ ...row, file_no: i + 1 }));
      }
      await stage.commit({
        runId,
        undoneAt: UNDONE_AT,
        policy: this.policy,
        sources: restores.map(({ source }, i) => ({ ...source, fileNo: i + 1 })),
        deleted: todo.filter(({ kind }) => kind === 'delete').length,
        restored: restores.length,
        ...changes,
      });
    } finally {
      await stage.close();
    }
  }
}
