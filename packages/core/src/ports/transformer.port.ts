import type { Policy } from '../policy/policy.ts';
import type { FaultCode } from '../rules/faults.ts';
import type { IngestEvent } from './ingest-event.ts';
import type { FileProblem } from './ingest-report.ts';
import type { LandedFile } from './landing-zone.port.ts';
import type { DeliveredFile, Stage } from './warehouse.port.ts';

/** Turns deliveries into staged rows: in this process one after the other, or spread over many. */
export interface Transformer {
  /**
   * Reads every delivery and stages its rows. A fault of one delivery's file is its outcome; any other fault is thrown, and
   * then nothing is left staged.
   *
   * @throws PortError, or the signal's reason
   */
  transform(work: TransformWork): Promise<Transformed>;
}

export interface TransformWork {
  readonly runId: string;
  readonly policy: Policy;
  readonly deliveries: readonly DeliveryToRead[];
  /** Rows between validation and join, from 1. */
  readonly batchSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: IngestEvent) => void) | undefined;
}

export interface DeliveryToRead {
  /** Number of the file in its run, from 1; staged lines carry it. */
  readonly fileNo: number;
  readonly landed: LandedFile;
  /** Content hashes under which the key was committed before. */
  readonly committed: readonly string[];
}

export interface Transformed {
  /** Holds the rows of the deliveries that were staged; undefined where none was. Its taker closes it. */
  readonly stage: Stage | undefined;
  /** One a delivery, in their order. */
  readonly deliveries: readonly ReadDelivery[];
  /** What somebody should look at, in words. */
  readonly warnings: readonly string[];
}

export type ReadDelivery =
  /** Committed before, with the same bytes: nothing of it was staged. */
  | { readonly kind: 'known'; readonly fileNo: number; readonly contentHash: string }
  /** Its rows lie in the stage. */
  | {
      readonly kind: 'staged';
      readonly fileNo: number;
      readonly file: DeliveredFile;
      readonly ignoredColumns: readonly string[];
      /** The physical line of the first row that was rejected under each code. */
      readonly firstRejects: Readonly<Partial<Record<FaultCode, number>>>;
    }
  /** It could not be read; the next run tries again. */
  | { readonly kind: 'failed'; readonly fileNo: number; readonly problem: FileProblem };
