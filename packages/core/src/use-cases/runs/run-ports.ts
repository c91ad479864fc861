import type { Clock } from '../../ports/clock.port.ts';
import type { Archive, Quarantine } from '../../ports/file-store.port.ts';
import type { JobLauncher } from '../../ports/job-launcher.port.ts';
import type { LandingZone } from '../../ports/landing-zone.port.ts';
import type { Notifier } from '../../ports/notifier.port.ts';
import type { RunHistory } from '../../ports/run-history.port.ts';
import type { RunLedger } from '../../ports/run-ledger.port.ts';

/** What planned runs are driven with. Each use case names the part that it needs. */
export interface RunPorts {
  readonly ledger: RunLedger;
  readonly launcher: JobLauncher;
  readonly history: Pick<RunHistory, 'run'>;
  readonly landing: LandingZone;
  readonly archive: Archive;
  readonly quarantine: Quarantine;
  readonly notifier: Notifier;
  readonly clock: Clock;
}

/** How often a file version is tried before it is left to people, unless said otherwise. */
export const DEFAULT_MAX_ATTEMPTS = 3;

/** A run by its id, or by a job that was started for it. */
export type RunReference = { readonly runId: string } | { readonly jobRunId: string };
