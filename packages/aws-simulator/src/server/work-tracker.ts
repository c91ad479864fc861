import { setTimeout as sleep } from 'node:timers/promises';

/** How often a wait looks whether all is quiet. */
const LOOK_EVERY_MS = 10;

/** Knows what is under way or waiting in the simulator, so that a test can wait for the end of it. */
export class WorkTracker {
  private readonly open = new Map<symbol, string>();
  private readonly probes: (() => readonly string[])[] = [];
  /** Grows with everything that begins: two quiet looks with the same count are one quiet time. */
  private begun = 0;

  /** @returns what to call when the work is done; calling it twice does no harm */
  begin(what: string): () => void {
    const id = Symbol(what);
    this.begun += 1;
    this.open.set(id, what);
    return () => {
      this.open.delete(id);
    };
  }

  async track<T>(what: string, work: () => Promise<T>): Promise<T> {
    const end = this.begin(what);
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Asks a service for what waits in it, a sentence each: messages of a queue that a function reads. */
  addProbe(probe: () => readonly string[]): void {
    this.probes.push(probe);
  }

  /** What is under way or waiting, a sentence each. */
  pending(): readonly string[] {
    return [...this.open.values(), ...this.probes.flatMap((probe) => probe())];
  }

  /**
   * Resolves when nothing is under way or waiting.
   *
   * @throws Error that names what is still there after `timeoutMs`
   */
  async settle(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (let quietAt = -1; ; ) {
      const pending = this.pending();
      if (pending.length === 0 && quietAt === this.begun) return;
      quietAt = pending.length === 0 ? this.begun : -1;
      if (pending.length > 0 && Date.now() > deadline) throw new Error(describeStuck(timeoutMs, pending));
      await sleep(LOOK_EVERY_MS);
    }
  }
}

function describeStuck(timeoutMs: number, pending: readonly string[]): string {
  const counted = new Map<string, number>();
  for (const what of pending) counted.set(what, (counted.get(what) ?? 0) + 1);
  const lines = [...counted].slice(0, 20).map(([what, count]) => `  ${count} x ${what}`);
  return `The simulator did not settle within ${timeoutMs} ms. Still there:\n${lines.join('\n')}`;
}
