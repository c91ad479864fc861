import { PortError } from '@weir/core';
import { parseLine, toProtocolError } from './parse-line.ts';
import type { Split } from './split.ts';
import { verifyDelivery } from './verify-delivery.ts';
import {
  type DeliveryLine,
  type FaultLine,
  type TrailerLine,
  type WorkerLine,
  workerOutputLine,
} from './worker-lines.ts';

export interface VerifiedResults {
  /** By file number. */
  readonly deliveries: ReadonlyMap<number, DeliveryLine>;
  /** One a partition, in their order. */
  readonly trailers: readonly TrailerLine[];
}

/**
 * Checks that the workers did what they were asked to: every split is answered once, as planned, by the worker that had it;
 * every trailer counts what stands above it; parts lie where they must, and hold as many lines as rows were read.
 *
 * @param partitions the splits as they were handed out
 * @param lines what the workers printed, in the order of the partitions
 * @param prefix of every staged object of this run
 * @throws PortError `job.protocol`; or the fault that a worker told
 */
export function verifyResults(
  partitions: readonly (readonly Split[])[],
  lines: readonly string[],
  prefix: string,
): VerifiedResults {
  const deliveries = new Map<number, DeliveryLine>();
  const trailers: TrailerLine[] = [];
  const faults: FaultLine[] = [];
  let open: DeliveryLine[] = [];
  for (const line of lines) {
    const printed: WorkerLine = parseLine(workerOutputLine, line, 'a worker');
    if (printed.kind === 'delivery') {
      open.push(printed);
      continue;
    }
    const splits = partitions[trailers.length + faults.length] ?? [];
    if (printed.kind === 'fault') {
      faults.push(printed);
    } else {
      verifyPartition(splits, open, printed, prefix);
      for (const delivery of open) deliveries.set(delivery.fileNo, delivery);
      trailers.push(printed);
    }
    open = [];
  }
  throwWorst(faults);
  if (open.length > 0 || trailers.length !== partitions.length) {
    throw toProtocolError('a worker', `the trailers of ${trailers.length} of ${partitions.length} partitions`);
  }
  verifyDimensions(trailers);
  return { deliveries, trailers };
}

function verifyPartition(
  splits: readonly Split[],
  deliveries: readonly DeliveryLine[],
  trailer: TrailerLine,
  prefix: string,
): void {
  if (deliveries.length !== splits.length || trailer.deliveries !== splits.length) {
    const counts = `${deliveries.length} results and a trailer of ${trailer.deliveries}`;
    throw toProtocolError('a worker', `${counts} for ${splits.length} splits`);
  }
  for (const [place, split] of splits.entries()) verifyDelivery(split, deliveries[place]!, prefix);
  const parts = deliveries.flatMap(({ outcome }) => (outcome.kind === 'staged' ? outcome.parts : []));
  for (const table of ['rows', 'rejects'] as const) {
    const lines = parts.filter((part) => part.table === table).reduce((sum, part) => sum + part.lines, 0);
    if (lines !== trailer[table])
      throw toProtocolError('a worker', `a trailer of ${trailer[table]} ${table}, not ${lines}`);
  }
}

/** All worked with the same snapshot, or one of them read it wrongly. */
function verifyDimensions(trailers: readonly TrailerLine[]): void {
  const sizes = new Set(
    trailers.flatMap(({ dimensions }) => (dimensions === undefined ? [] : [JSON.stringify(dimensions)])),
  );
  if (sizes.size > 1)
    throw toProtocolError('a worker', `other counts of the dimensions than another one: ${[...sizes].join(', ')}`);
}

/** A fault that will not pass by itself says more than one that may. */
function throwWorst(faults: readonly FaultLine[]): void {
  const worst = faults.find(({ retryable }) => !retryable) ?? faults[0];
  if (worst !== undefined) throw new PortError({ ...worst, remedy: worst.remedy! });
}
