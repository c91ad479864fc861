import { type Clock, type Lease, PortError, type RunLedger } from '@weir/core';
import { changeRun, renewLease } from '@weir/core/runs';

export interface KeptLease {
  /** Aborted where somebody else took the run over, or the lease could not be renewed before it ran out. */
  readonly signal: AbortSignal;
  /** Renews no longer. The lease itself is given back with the run's next state. */
  stop(): void;
}

export interface LeaseOptions {
  readonly ledger: RunLedger;
  readonly clock: Clock;
  readonly runId: string;
  /** Milliseconds for which each renewal asks; three are tried in that time. */
  readonly duration: number;
}

/** Renews the lease of a run while its job works. */
export function keepLease(lease: Lease, options: LeaseOptions): KeptLease {
  const { ledger, clock, runId, duration } = options;
  const controller = new AbortController();
  let { until } = lease;

  const renew = async () => {
    try {
      const change = await changeRun(ledger, runId, (entry) => renewLease(entry, lease.token, clock.now(), duration));
      if (change.kind === 'changed') until = change.entry.lease!.until;
      else controller.abort(toLost(runId, 'somebody else took it over'));
    } catch (error) {
      // The next try may get through, as long as the lease is held.
      if (clock.now() >= until) controller.abort(toLost(runId, 'it could not be renewed in time', error));
    }
  };
  const timer = setInterval(() => void renew(), Math.max(1, Math.floor(duration / 3)));
  controller.signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

function toLost(runId: string, why: string, cause?: unknown): PortError {
  return new PortError({
    code: 'job.lease-lost',
    message: `This job no longer has the lease of run ${runId}: ${why}.`,
    remedy: 'Nothing needs to be done: whoever has the lease goes on, or a sweep settles the run.',
    context: { runId },
    cause,
  });
}
