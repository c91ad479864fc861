import assert from 'node:assert/strict';
import { type LandedFile, parsePolicy, type RunEntry, type RunFields, type RunLedger, type RunPlan } from '@weir/core';

export const PLANNED_AT = Date.UTC(2023, 2, 15, 6, 30, 15, 123);
const LONG = 20_000;

export function buildFile(key: string, version = 'v:1'): LandedFile {
  return { key, size: 4096, modifiedAt: PLANNED_AT - 60_000, version };
}

export function buildPlan(runId: string, values: Partial<RunPlan> = {}): RunPlan {
  return { runId, plannedAt: PLANNED_AT, policy: parsePolicy({}), files: [buildFile('a.csv')], ...values };
}

export async function planRun(ledger: RunLedger, runId: string, values: Partial<RunPlan> = {}): Promise<RunEntry> {
  return (await ledger.plan(buildPlan(runId, values))).entry;
}

export function fieldsOf(entry: RunEntry, changes: Partial<RunFields> = {}): RunFields {
  const { files, state, lease, notifiedAt, settledAt } = entry;
  return { files, state, lease, notifiedAt, settledAt, ...changes };
}

/** A key that is undefined and one that is missing are the same to those who read an entry. */
export function assertSame(actual: unknown, expected: unknown): void {
  const [found, wanted] = [normalise(actual), normalise(expected)];
  // Node takes seconds to draw the difference of long ones.
  const isLong = JSON.stringify(found)?.length > LONG;
  assert.deepEqual(found, wanted, isLong ? 'an entry differs that is too long to be shown' : undefined);
}

/** The entry of a run as it must stand now, its revision apart. */
export async function assertEntry(ledger: RunLedger, plan: RunPlan, fields: RunFields): Promise<void> {
  const entry = await ledger.read(plan.runId);
  assert.ok(entry !== undefined, `has no entry of ${plan.runId}`);
  assert.ok(typeof entry.revision === 'string' && entry.revision !== '');
  const { runId, plannedAt, policy } = plan;
  assertSame({ ...entry, revision: '' }, { runId, plannedAt, policy, ...fields, revision: '' });
}

function normalise(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}
