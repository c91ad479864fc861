import { parsePolicy } from '../policy/parse-policy.ts';
import type { PolicyInput } from '../policy/policy.ts';
import type { CommittedRun, FileToCommit, RunToCommit, Stage, Warehouse } from '../ports/warehouse.port.ts';
import { buildContentHash, type Delivery } from './build-delivery.ts';
import { encodeStagedReject } from './build-staged-reject.ts';
import { encodeStagedRow } from './build-staged-row.ts';

export interface CommitOptions extends Partial<Omit<RunToCommit, 'policy' | 'files' | 'runId'>> {
  readonly policy?: PolicyInput;
}

/** Stages and commits deliveries as one run, numbering its files from 1. */
export async function commitDeliveries(
  warehouse: Warehouse,
  runId: string,
  deliveries: readonly Delivery[],
  options: CommitOptions = {},
): Promise<CommittedRun> {
  const stage = await warehouse.openStage(runId);
  try {
    await stageDeliveries(stage, deliveries);
    return await stage.commit(buildRun(runId, deliveries, options));
  } finally {
    await stage.close();
  }
}

/** Writes the rows and rejects of deliveries, numbered as `buildRun` numbers them. */
export async function stageDeliveries(stage: Stage, deliveries: readonly Delivery[]): Promise<void> {
  for (const [i, { rows, rejects }] of deliveries.entries()) {
    const file_no = i + 1;
    if (rows.length > 0) await stage.writeRows(join(rows.map((row) => encodeStagedRow({ ...row, file_no }))));
    if (rejects.length > 0)
      await stage.writeRejects(join(rejects.map((row) => encodeStagedReject({ ...row, file_no }))));
  }
}

export function buildRun(runId: string, deliveries: readonly Delivery[], options: CommitOptions = {}): RunToCommit {
  return {
    startedAt: Date.UTC(2023, 2, 16, 1),
    committedAt: Date.UTC(2023, 2, 16, 1, 5),
    policyHash: buildContentHash('policy'),
    warnings: [],
    ...options,
    runId,
    policy: parsePolicy(options.policy),
    files: deliveries.map((delivery, i) => toFile(delivery, i + 1)),
  };
}

function toFile({ rows: _rows, rejects: _rejects, ...file }: Delivery, fileNo: number): FileToCommit {
  return { ...file, fileNo };
}

function join(lines: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(lines.reduce((length, line) => length + line.length, 0));
  let length = 0;
  for (const line of lines) {
    bytes.set(line, length);
    length += line.length;
  }
  return bytes;
}
