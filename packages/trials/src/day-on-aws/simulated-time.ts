import { writeFileSync } from 'node:fs';

/** The machine's clock, put forward: of this process, and of all others that have `environment`. */
export class SimulatedTime {
  readonly #path: string;
  #ahead = 0;

  /** @param path of a file of its own, through which other processes are told */
  constructor(path: string) {
    this.#path = path;
    this.advance(0);
  }

  get environment(): Readonly<Record<string, string>> {
    const hook = new URL('./simulated-time-hook.ts', import.meta.url).href;
    return { NODE_OPTIONS: `--import ${hook} --no-warnings`, WEIR_TRIAL_CLOCK: this.#path };
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
    writeFileSync(this.#path, String(this.#ahead));
  }
}
