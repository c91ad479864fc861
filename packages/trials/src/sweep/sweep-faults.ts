import { FAULT_KINDS, type FaultKind, type PlannedFault } from './fault-gate.ts';
import type { Life, Live } from './life.ts';

export interface SweptFaults {
  /** External calls of a life without a fault, by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Lives with one fault: every kind at every call. */
  readonly faults: number;
  /** Lives with a second fault at every later call of every one of those, as far as `pairs` says. */
  readonly pairs: number;
  /** Pairs that were not lived, since their second process began as one that was lived did. */
  readonly alike: number;
  readonly violations: readonly string[];
}

export interface SweepOptions {
  readonly kinds?: readonly FaultKind[];
  /** Of the second fault; default those of the first. */
  readonly secondKinds?: readonly FaultKind[];
  /** Whether a second fault follows each first one. */
  readonly pairs: boolean;
}

/**
 * A fault of each kind at call 1, 2, 3, ... until a life completes without one; and, after each of them, a second fault of each
 * kind at every call that follows until nothing is left to do.
 */
export async function sweepFaults(
  live: Live,
  { kinds = FAULT_KINDS, secondKinds = kinds, pairs }: SweepOptions,
): Promise<SweptFaults> {
  const calm = await live([]);
  const violations = tell([], calm);
  const counts = { faults: 0, pairs: 0, alike: 0 };
  const seen = new Set<string>();
  for (let call = 1; call <= calm.calls.length; call++) {
    for (const kind of kinds) {
      const first = { call, kind };
      const life = await live([first]);
      counts.faults++;
      violations.push(...tell([first], life));
      if (!pairs) continue;
      for (const second of laterFaults(life, call, secondKinds)) {
        const likeness = likenessOf(life, call, second);
        if (likeness !== undefined && seen.has(likeness)) {
          counts.alike++;
          continue;
        }
        if (likeness !== undefined) seen.add(likeness);
        counts.pairs++;
        violations.push(...tell([first, second], await live([first, second])));
      }
    }
  }
  return { calls: countCalls(calm.calls), ...counts, violations };
}

function* laterFaults(life: Life, after: number, kinds: readonly FaultKind[]): Iterable<PlannedFault> {
  for (let call = after + 1; call <= life.calls.length; call++) {
    for (const kind of kinds) yield { call, kind };
  }
}

/** Undefined where the second fault meets the process of the first one, whose memory may hold anything. */
function likenessOf({ processes }: Life, firstCall: number, { call, kind }: PlannedFault): string | undefined {
  const process = processes.findLast((begun) => begun.firstCall <= call)!;
  if (process.firstCall <= firstCall) return undefined;
  return JSON.stringify([process.begin, call - process.firstCall, kind]);
}

function tell(faults: readonly PlannedFault[], { calls, violations }: Life): string[] {
  const plan = faults.map(({ call, kind }) => `${kind} call ${call} (${calls[call - 1]})`).join(', then ');
  return violations.map((violation) => `${plan || 'without a fault'}: ${violation}`);
}

function countCalls(calls: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}
