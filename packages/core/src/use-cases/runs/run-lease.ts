import type { Lease, RunEntry, RunFields } from '../../ports/run-ledger.port.ts';
import { changeFields } from './run-fields.ts';

/** Whether somebody holds it. One that was dropped or ran out stays in the entry, for its token. */
export function isHeld(lease: Lease | undefined, now: number): lease is Lease {
  return lease !== undefined && lease.until > now;
}

/**
 * The entry with the lease taken, or taken over after it ran out: its token is one more than that of any holder before.
 *
 * @param owner who takes it; names nobody else, since not even the same owner gets a lease that is held
 * @param now,duration milliseconds
 * @returns undefined where it is held
 */
export function takeLease(entry: RunEntry, owner: string, now: number, duration: number): RunFields | undefined {
  return isHeld(entry.lease, now) ? undefined : grantLease(entry, owner, now, duration);
}

/** The entry with the lease taken from whoever holds it. */
export function grantLease(entry: RunEntry, owner: string, now: number, duration: number): RunFields {
  const token = (entry.lease?.token ?? 0) + 1;
  return changeFields(entry, { lease: { owner, token, until: now + duration } });
}

/**
 * The entry with the lease held for longer, also where it ran out and nobody took it over.
 *
 * @returns undefined where somebody else took it over: stop, what you do no longer counts
 */
export function renewLease(entry: RunEntry, token: number, now: number, duration: number): RunFields | undefined {
  const { lease } = entry;
  if (lease === undefined || lease.token !== token) return undefined;
  return changeFields(entry, { lease: { ...lease, until: Math.max(lease.until, now + duration) } });
}

/** The entry with the lease given back; undefined where it is no longer the one with this token. */
export function dropLease(entry: RunEntry, token: number): RunFields | undefined {
  return entry.lease?.token === token ? changeFields(entry, { lease: endLease(entry.lease) }) : undefined;
}

/** A lease that nobody holds, but whose token is remembered. */
export function endLease(lease: Lease | undefined): Lease | undefined {
  return lease === undefined ? undefined : { ...lease, until: 0 };
}
