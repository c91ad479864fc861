import { advance, type LiveRun } from './live-run.ts';
import { readEvent } from './read-event.ts';

/** The newest run that events tell of. */
export class LiveFeed {
  #run: LiveRun | undefined;

  get run(): LiveRun | undefined {
    return this.#run;
  }

  /** @param line one event as JSON; what is none is left out */
  take(line: string): void {
    const event = readEvent(line);
    if (event !== undefined) this.#run = advance(this.#run, event);
  }
}
