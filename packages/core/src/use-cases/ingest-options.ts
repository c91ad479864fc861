import type { Policy } from '../policy/policy.ts';
import type { Clock } from '../ports/clock.port.ts';
import type { Archive, Quarantine } from '../ports/file-store.port.ts';
import type { IngestEvent } from '../ports/ingest-event.ts';
import type { LandedFile, LandingZone } from '../ports/landing-zone.port.ts';
import type { Transformer } from '../ports/transformer.port.ts';
import type { Warehouse } from '../ports/warehouse.port.ts';

export interface IngestPorts {
  readonly landing: Pick<LandingZone, 'location' | 'list'>;
  readonly transformer: Transformer;
  /** Without one, committed files stay where they are. */
  readonly archive?: Archive | undefined;
  /** Without one, refused files stay where they are. */
  readonly quarantine?: Quarantine | undefined;
  readonly warehouse: Pick<Warehouse, 'committedHashes' | 'recordFailedRun'>;
  readonly clock: Clock;
}

export interface IngestOptions {
  /** Unique among all runs. */
  readonly runId: string;
  readonly policy: Policy;
  /** Rows between validation and join, from 1. */
  readonly batchSize?: number | undefined;
  /** Takes only some of the files. */
  readonly wants?: ((file: LandedFile) => boolean) | undefined;
  /** Ends the run before its commit; then nothing of it is visible. A commit that has begun is seen to its end. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: IngestEvent) => void) | undefined;
}
