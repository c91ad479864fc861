import { PortError } from '@weir/core';
import { type Fault, injectFaults } from '@weir/core/testing';

/** `error`: the port says so. `hang`: it does after an hour in which nothing was heard. `crash`: the process ends there. */
export const FAULT_KINDS = [
  'error before',
  'error after',
  'hang before',
  'hang after',
  'crash before',
  'crash after',
] as const;
/** `before`: the call did not reach the port. `after`: it took effect, but its answer is lost. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** A fault at the n-th of all external calls, from 1. */
export interface PlannedFault {
  readonly call: number;
  readonly kind: FaultKind;
}

/** What ends a process; nothing catches it but who started the process. */
export class Crash extends Error {}

/** As the adapters of each port say that they cannot do their work. */
const CODES: Readonly<Record<string, string>> = {
  landing: 'landing.unreadable',
  archive: 'archive.write-failed',
  quarantine: 'archive.write-failed',
  warehouse: 'warehouse.unreachable',
  history: 'warehouse.unreachable',
  dimensions: 'warehouse.unreachable',
  ledger: 'ledger.unreachable',
  launcher: 'job.unreachable',
  notifier: 'notifier.unreachable',
};
/** Given out by a port, but answered from memory. */
const NO_CALLS = new Set(['landing.contentHash']);

/** Stands between a process and all its ports: counts the calls, and fails those that a plan names. */
export class FaultGate {
  /** The name of every call so far, the first one first. */
  readonly calls: string[] = [];
  private readonly faults: ReadonlyMap<number, FaultKind>;
  private readonly hang: () => void;
  private isDead = false;

  /** @param hang lets an hour pass */
  constructor(faults: readonly PlannedFault[], hang: () => void = () => {}) {
    this.faults = new Map(faults.map(({ call, kind }) => [call, kind]));
    this.hang = hang;
  }

  /** Calls through what this gives out are counted. */
  guard<Port extends object>(name: string, port: Port): Port {
    return injectFaults(port, (method) => this.faultOf(`${name}.${method}`));
  }

  /** A new process begins: calls reach their ports again. */
  revive(): void {
    this.isDead = false;
  }

  private faultOf(call: string): Fault | undefined {
    if (NO_CALLS.has(call)) return undefined;
    // What a dead process still does in its cleaning up never happened, so it does not count.
    if (this.isDead) return { when: 'before', error: new Crash('The process is dead.') };
    this.calls.push(call);
    const kind = this.faults.get(this.calls.length);
    if (kind === undefined) return undefined;
    const [what, when] = kind.split(' ') as ['error' | 'hang' | 'crash', Fault['when']];
    if (what === 'hang') this.hang();
    if (what === 'crash') this.isDead = true;
    return { when, error: what === 'crash' ? new Crash(`The process died ${when} ${call}.`) : errorOf(call, when) };
  }
}

function errorOf(call: string, when: Fault['when']): PortError {
  const isUnknown = when === 'after' && (call === 'warehouse.commit' || call === 'launcher.start');
  const unknown = call === 'warehouse.commit' ? 'warehouse.commit-unknown' : 'job.start-unknown';
  const code = isUnknown ? unknown : CODES[call.slice(0, call.indexOf('.'))]!;
  return new PortError({ code, message: `${call} failed.`, retryable: true });
}
