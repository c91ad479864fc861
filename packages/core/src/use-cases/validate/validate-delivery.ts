import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { ReadDelivery } from '../../ports/transformer.port.ts';
import { AnyId } from '../../staging/any-id.ts';
import type { DimensionIndex } from '../../staging/dimension-index.ts';
import { type DeliverySurroundings, readDelivery } from '../read-delivery.ts';
import { FaultReader } from './fault-reader.ts';
import { findHeader } from './find-header.ts';
import type { FoundFault } from './found-fault.ts';

export type { FoundFault } from './found-fault.ts';

export interface ValidationSurroundings extends Omit<DeliverySurroundings, 'openTarget'> {
  /** Without them product ids are not looked up: `product-unknown` is not given then. */
  readonly products?: DimensionIndex | undefined;
  /** As `products`. */
  readonly customers?: DimensionIndex | undefined;
  /** Told the first faults, in the order of their lines, some at a time while the file is read. */
  readonly onFaults: (faults: readonly FoundFault[]) => void;
  /** How many faults are told; all are counted. From 0. */
  readonly mostFaults: number;
}

/** What a file holds, as a run would count it, or why it cannot be read. */
export type ValidatedDelivery = Exclude<ReadDelivery, { readonly kind: 'known' }>;

/**
 * Holds one delivery against all rules as a run would, and keeps nothing of it. Memory does not grow with the file.
 *
 * @throws PortError other than those of the landing place, or the signal's reason
 */
export async function validateDelivery(
  landed: LandedFile,
  surroundings: ValidationSurroundings,
): Promise<ValidatedDelivery> {
  const { products = new AnyId(), customers = new AnyId() } = surroundings;
  const faults = new FaultTeller(landed, surroundings);
  const writer = { writeRows: async () => undefined, writeRejects: (lines: Uint8Array) => faults.tell(lines) };
  const read = await readDelivery(
    { fileNo: 1, landed, committed: [] },
    { ...surroundings, openTarget: async () => ({ products, customers, writer }) },
  );
  // Nothing was committed, so that nothing is known.
  return read as ValidatedDelivery;
}

class FaultTeller {
  private readonly landed: LandedFile;
  private readonly surroundings: ValidationSurroundings;
  private reader: FaultReader | undefined;
  private left: number;

  constructor(landed: LandedFile, surroundings: ValidationSurroundings) {
    this.landed = landed;
    this.surroundings = surroundings;
    this.left = surroundings.mostFaults;
  }

  /** @param lines whole lines of staged rejects */
  async tell(lines: Uint8Array): Promise<void> {
    if (this.left === 0) return;
    this.reader ??= await this.openReader();
    const faults = this.reader.read(lines).slice(0, this.left);
    this.left -= faults.length;
    this.surroundings.onFaults(faults);
  }

  private async openReader(): Promise<FaultReader> {
    const { maxRecordBytes } = this.surroundings.policy;
    return new FaultReader(await findHeader(this.landed, { ...this.surroundings, maxRecordBytes }), maxRecordBytes);
  }
}
