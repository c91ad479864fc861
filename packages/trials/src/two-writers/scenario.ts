import type { Turn } from './play.ts';
import type { WritersWorld } from './writers-world.ts';

/** Two writers who meet. */
export interface Scenario {
  readonly name: string;
  /** Every order in which their phases can come. */
  orders(): Iterable<readonly Turn[]>;
  /** Finds out what may be seen; called once, before the first play. */
  prepare(world: WritersWorld): Promise<void>;
  /** Plays one order from an empty database on, and gives what broke a promise. */
  play(world: WritersWorld, turns: readonly Turn[]): Promise<readonly string[]>;
  /** How many different states readers saw over all plays. */
  seen(): number;
}
