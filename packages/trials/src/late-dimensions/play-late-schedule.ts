import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import {
  type DimensionName,
  encodeStagedLine,
  type Fact,
  InProcessTransformer,
  ingestRun,
  parsePolicy,
  type ReplayReport,
  replayRejects,
} from '@weir/core';
import { InMemoryFileStore, InMemoryLandingZone, ManualClock, type StoredReject } from '@weir/core/testing';
import { contentOf } from '../model/delivery.ts';
import { SHOP_CUSTOMERS, SHOP_PRODUCTS } from '../model/shop-words.ts';
import type { LateSchedule, LateStep } from './late-schedule.ts';
import type { LateWorld } from './late-world.ts';

const unpacker = new ZlibUnpacker();
const policy = parsePolicy();

export interface PlayedLate {
  readonly facts: readonly Fact[];
  readonly rejects: readonly StoredReject[];
  readonly runs: number;
  readonly replays: readonly ReplayReport[];
}

/** Lets a schedule happen with the real use cases; at its end all is there, processed and read again. */
export async function playLateSchedule(schedule: LateSchedule, world: LateWorld): Promise<PlayedLate> {
  const play = new LatePlay(schedule, world);
  for (const step of schedule.steps) await play.take(step);
  await play.run();
  await play.replay();
  const facts: Fact[] = [];
  for await (const batch of world.facts.facts()) facts.push(...batch);
  return { facts, rejects: await world.rejects(), runs: play.runs, replays: play.replays };
}

class LatePlay {
  runs = 0;
  readonly replays: ReplayReport[] = [];
  private readonly schedule: LateSchedule;
  private readonly world: LateWorld;
  private readonly clock = new ManualClock();
  private readonly landing = new InMemoryLandingZone();
  private readonly archive = new InMemoryFileStore(this.landing, 'memory:archive');

  constructor(schedule: LateSchedule, world: LateWorld) {
    this.schedule = schedule;
    this.world = world;
  }

  async take({ comes, place, run, replay }: LateStep): Promise<void> {
    if (comes === 'delivery') await this.deliver(place);
    else await this.load(comes, place);
    if (run) await this.run();
    if (replay) await this.replay();
  }

  async run(): Promise<void> {
    const { landing, archive, clock, world } = this;
    clock.advance(1000);
    const transformer = new InProcessTransformer({ landing, unpacker, ...world });
    const ports = { landing, archive, quarantine: archive, warehouse: world.warehouse, clock, transformer };
    await ingestRun(ports, { runId: `run-${++this.runs}`, policy });
  }

  async replay(): Promise<void> {
    const { clock, world, schedule } = this;
    clock.advance(1000);
    const newRunId = () => `replay-${++this.runs}`;
    const options = { newRunId, policy, rejectsARun: schedule.rejectsARun };
    this.replays.push(await replayRejects({ ...world, rejects: world.store, clock }, options));
  }

  /** A run comes before a file that would take the place of another one, else that one would never have been delivered. */
  private async deliver(place: number): Promise<void> {
    const delivery = this.schedule.deliveries[place]!;
    if (this.landing.peek(delivery.key) !== undefined) await this.run();
    this.landing.put(delivery.key, contentOf(delivery), delivery.modifiedAt);
  }

  private async load(comes: 'product' | 'customer', place: number): Promise<void> {
    const [dimension, values] = comes === 'product' ? product(place) : customer(place);
    await this.world.dimensions.load([{ dimension, rows: line(values) }]);
  }
}

type DimensionRow = readonly [DimensionName, readonly string[]];

function product(place: number): DimensionRow {
  const [id, { product_name, category, list_price, supplier_id }] = Object.entries(SHOP_PRODUCTS)[place]!;
  return ['products', [id, product_name, category, list_price, supplier_id]];
}

function customer(place: number): DimensionRow {
  const [id, level] = Object.entries(SHOP_CUSTOMERS)[place]!;
  return ['customers', [id, 'First', 'Last', 'a@example.org', level]];
}

async function* line(values: readonly string[]): AsyncGenerator<Uint8Array> {
  yield encodeStagedLine(values);
}
