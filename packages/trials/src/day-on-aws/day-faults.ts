import type { Shop } from '../../../../infra/test/end-to-end/open-shop.ts';
import type { Chance } from '../kills/choose-points.ts';

type Simulator = Shop['simulator'];

/** Chances, for every call and every event of the day. */
const SEEDED = {
  lostEvents: 0.1,
  duplicatedEvents: 0.2,
  shuffledEvents: true,
  delay: 500,
  throttling: 0.02,
  serverErrors: 0.02,
  lostAnswers: 0.02,
  writeConflicts: 0.05,
};

/** What befalls the warehouse; a statement that hangs is left to the sweep of faults, for it hangs for real minutes. */
const OF_THE_WAREHOUSE = [
  { kind: 'fails-after-commit' },
  { kind: 'fails-after-commit', statement: /ingest_run/i },
  { kind: 'serialization-failure' },
  { kind: 'loses-results' },
  { kind: 'is-cancelled' },
  { kind: 'slow-down' },
  { kind: 'does-not-wake' },
  { kind: 'wakes-slowly', seconds: 30 },
] as const;

/** Calls after which a function dies in the middle of its work. */
const MOST_CALLS = 80;

export class DayFaults {
  readonly #simulator: Simulator;
  readonly #seed: number;
  readonly #chance: Chance;
  readonly #ofTheWarehouse: { readonly fired: number }[] = [];
  readonly #deaths: { readonly hasFired: boolean }[] = [];

  constructor(simulator: Simulator, seed: number, chance: Chance) {
    this.#simulator = simulator;
    this.#seed = seed;
    this.#chance = chance;
    simulator.changeFaults({ seed, ...SEEDED });
  }

  /** What befalls the next quarter of an hour beside. */
  addSome(): void {
    const chance = this.#chance;
    const fault = OF_THE_WAREHOUSE[chance(OF_THE_WAREHOUSE.length)]!;
    this.#ofTheWarehouse.push(this.#simulator.redshift.faults.inject(fault));
    const when = chance(2) === 0 ? 'before' : 'after';
    const death = { service: '*', operation: '*', call: 1 + chance(MOST_CALLS), when, as: 'kill' } as const;
    this.#deaths.push(this.#simulator.injectFault(death));
  }

  end(): void {
    this.#simulator.changeFaults({ seed: this.#seed });
  }

  /** How many befell it, by their kind. */
  count(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    const add = (name: string, number: number) => {
      counts[name] = (counts[name] ?? 0) + number;
    };
    for (const [what, number] of this.#simulator.context.faults.counts) {
      const [, kind] =
        /^fault (lost event|doubled event|before throttle|before 500|after reset|S3 write conflict)/.exec(what) ?? [];
      if (kind !== undefined) add(NAMES[kind]!, number);
    }
    add(
      'faults of the warehouse',
      this.#ofTheWarehouse.reduce((sum, { fired }) => sum + fired, 0),
    );
    add('calls that killed their caller', this.#deaths.filter(({ hasFired }) => hasFired).length);
    return counts;
  }
}

const NAMES: Readonly<Record<string, string>> = {
  'lost event': 'events lost',
  'doubled event': 'events doubled',
  'before throttle': 'calls throttled',
  'before 500': 'calls with a 500',
  'after reset': 'answers lost',
  'S3 write conflict': 'write conflicts',
};
