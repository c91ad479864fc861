import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { WorkTracker } from './work-tracker.ts';

interface Held {
  readonly wait: number;
  readonly send: () => void;
}

/** Carries events to where they are seen, late, twice or never, as the seeded faults say. */
export class EventCourier {
  private readonly faults: FaultPlan;
  private readonly work: WorkTracker;
  private held: Held[] | undefined;

  constructor(faults: FaultPlan, work: WorkTracker) {
    this.faults = faults;
    this.work = work;
  }

  /** @param identity tells the event from others of its source without regard to time */
  carry(source: string, identity: string, arrive: () => Promise<void>): void {
    for (const wait of this.faults.forEvent(source, identity).arrivals) {
      const end = this.work.begin(`event of ${source} about ${identity}`);
      const send = (ms: number) => void sleep(ms).then(arrive).finally(end);
      if (this.held) this.held.push({ wait, send: () => send(0) });
      else send(wait);
    }
  }

  /** From now on no event arrives. */
  hold(): void {
    this.held ??= [];
  }

  /** Sends on what was held, in the order of the waits that the faults gave: no real time passes. */
  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    held.sort((a, b) => a.wait - b.wait);
    for (const { send } of held) send();
  }
}
