import { chance } from './chance.ts';
import type { FaultForm, FaultHandle, FaultOptions, InjectedFault } from './fault-options.ts';

export interface CallFault {
  readonly when: 'before' | 'after';
  readonly as: FaultForm;
}

/** What befalls an event on its way: a wait in milliseconds for each time that it arrives. */
export interface EventFate {
  readonly arrivals: readonly number[];
}

/** Decides which calls and events go wrong, and counts all of them. */
export class FaultPlan {
  /** Calls by `service.operation`, faults by their kind. */
  readonly counts = new Map<string, number>();
  private options: FaultOptions;
  private readonly injected = new Set<{ fault: InjectedFault; seen: number; hasFired: boolean }>();

  constructor(options: FaultOptions = { seed: 0 }) {
    this.options = options;
  }

  get seed(): number | string {
    return this.options.seed;
  }

  /** From now on these befall calls and events; what was injected and has not fired yet is forgotten. */
  change(options: FaultOptions): void {
    this.options = options;
    this.injected.clear();
  }

  inject(fault: InjectedFault): FaultHandle {
    const entry = { fault, seen: 0, hasFired: false };
    this.injected.add(entry);
    return {
      get hasFired() {
        return entry.hasFired;
      },
      remove: () => void this.injected.delete(entry),
    };
  }

  /** Called once for each call. */
  forCall(service: string, operation: string): CallFault | undefined {
    const name = `${service}.${operation}`;
    const nth = this.count(name);
    const fault = this.injectedFor(service, operation) ?? this.seededFor(name, nth);
    if (fault) this.count(`fault ${describe(fault)} ${name}`);
    return fault;
  }

  /** Called once for each event. `identity` tells an event from others without regard to time: a key, a job and a state. */
  forEvent(source: string, identity: string): EventFate {
    const { seed, lostEvents = 0, duplicatedEvents = 0, shuffledEvents = false, eventSources } = this.options;
    const nth = this.count(`event ${source}`, identity);
    const roll = (what: string) => chance(seed, what, source, identity, nth);
    const delay = this.options.delay ?? (shuffledEvents ? 250 : 0);
    const wait = (what: string) => Math.floor(roll(what) * delay);
    if (eventSources !== undefined && !eventSources.includes(source)) return { arrivals: [wait('delay')] };
    if (roll('lost') < lostEvents) {
      this.count(`fault lost event ${source}`);
      return { arrivals: [] };
    }
    if (roll('doubled') >= duplicatedEvents) return { arrivals: [wait('delay')] };
    this.count(`fault doubled event ${source}`);
    return { arrivals: [wait('delay'), wait('second delay')] };
  }

  /** Whether a conditional write meets another one. */
  isWriteConflict(bucket: string, key: string): boolean {
    const { seed, writeConflicts = 0 } = this.options;
    const nth = this.count('S3 conditional writes', `${bucket}/${key}`);
    if (writeConflicts === 0 || chance(seed, 'conflict', bucket, key, nth) >= writeConflicts) return false;
    this.count('fault S3 write conflict');
    return true;
  }

  /** How often each call was made and each fault befell one, a line each. */
  report(): string {
    const lines = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${times} x ${what}`);
    return [`seed ${this.options.seed}`, ...lines].join('\n');
  }

  private readonly perIdentity = new Map<string, number>();

  private count(what: string, identity?: string): number {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
    if (identity === undefined) return this.counts.get(what)!;
    const id = `${what}\0${identity}`;
    this.perIdentity.set(id, (this.perIdentity.get(id) ?? 0) + 1);
    return this.perIdentity.get(id)!;
  }

  private injectedFor(service: string, operation: string): CallFault | undefined {
    let found: CallFault | undefined;
    for (const entry of this.injected) {
      const { fault } = entry;
      if (fault.service !== '*' && fault.service !== service) continue;
      if (fault.operation !== '*' && fault.operation !== operation) continue;
      entry.seen += 1;
      if (entry.seen !== fault.call) continue;
      entry.hasFired = true;
      this.injected.delete(entry);
      found = fault;
    }
    return found;
  }

  private seededFor(name: string, nth: number): CallFault | undefined {
    const { seed, throttling = 0, serverErrors = 0, lostAnswers = 0 } = this.options;
    if (chance(seed, 'throttling', name, nth) < throttling) return { when: 'before', as: 'throttle' };
    if (chance(seed, 'error', name, nth) < serverErrors) return { when: 'before', as: 500 };
    if (chance(seed, 'lost', name, nth) < lostAnswers) return { when: 'after', as: 'reset' };
    return undefined;
  }
}

function describe({ when, as }: CallFault): string {
  return `${when} ${typeof as === 'object' ? as.code : as}`;
}
