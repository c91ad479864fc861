import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import {
  type IngestReport,
  InProcessTransformer,
  ingestRun,
  keyWithHash,
  type LandedFile,
  type Policy,
  parsePolicy,
} from '@weir/core';
import { ManualClock } from '@weir/core/testing';
import { type Observation, observe } from '../invariants/index.ts';
import { contentOf, type Delivery, hashOf } from '../model/delivery.ts';
import { createStores, type Stores } from '../stores/stores.ts';
import type { TrialWarehouse } from '../stores/warehouses.ts';
import type { Schedule, Step } from './schedule.ts';

const MOST_ROUNDS = 20;
/** Files have few rows, and larger batches take time to set up. */
const BATCH_SIZE = 3;
const TEN_HOURS = 36_000_000;

export interface PlayedSchedule {
  readonly policy: Policy;
  readonly stores: Stores;
  /** After all deliveries were processed. */
  readonly end: Observation;
  /** How many of the reports were given by then. */
  readonly runs: number;
  readonly reports: readonly IngestReport[];
  /** After the last delivery of each key came once more. */
  readonly afterReplay: Observation;
}

/** Lets a schedule happen with the real use case, then lets deliveries of it come again. */
export async function playSchedule(schedule: Schedule, warehouse: TrialWarehouse): Promise<PlayedSchedule> {
  const play = new SchedulePlay(schedule, warehouse);
  for (const step of schedule.steps) await play.take(step);
  await play.drain();
  const end = await observe(play.stores.watched);
  const runs = play.reports.length;
  await play.replayLast();
  const { policy, stores, reports } = play;
  return { policy, stores, end, runs, reports, afterReplay: await observe(stores.watched) };
}

class SchedulePlay {
  readonly policy: Policy;
  readonly stores: Stores;
  readonly reports: IngestReport[] = [];
  private readonly schedule: Schedule;
  private readonly warehouse: TrialWarehouse;
  private readonly clock = new ManualClock();
  private readonly came = new Set<number>();

  constructor(schedule: Schedule, warehouse: TrialWarehouse) {
    const { terminalStatuses, ...policy } = schedule.policy;
    this.policy = parsePolicy({ ...policy, terminalStatuses: [...terminalStatuses] });
    this.schedule = schedule;
    this.warehouse = warehouse;
    this.stores = createStores(warehouse, schedule);
  }

  async take({ delivery: place, as, run }: Step): Promise<void> {
    const delivery = this.schedule.deliveries[place]!;
    const isFirst = !this.came.has(place);
    this.came.add(place);
    if (isFirst || as === 'again') await this.put(delivery, delivery.modifiedAt);
    else if (as === 'replay') await this.replay(delivery);
    // Between two times of one content no other content of its key may lie; see `arbitraryDeliveries`.
    else await this.put(delivery, delivery.modifiedAt + (this.isAloneInKey(delivery) ? TEN_HOURS : 0));

    if (run === 'all') await this.run();
    if (run === 'some') await this.run(({ key }) => (key.length + this.reports.length) % 2 === 0);
  }

  /** A run comes before a file that would take the place of another one, else that one would never have been delivered. */
  async put(delivery: Delivery, modifiedAt: number, bytes = contentOf(delivery)): Promise<void> {
    const { landing } = this.stores;
    if (!landing.keepsVersions && landing.peek(delivery.key) !== undefined) await this.run();
    landing.put(delivery.key, bytes, modifiedAt);
  }

  async drain(): Promise<void> {
    for (let rounds = 0; rounds < MOST_ROUNDS && this.stores.landing.landed().length > 0; rounds++) await this.run();
  }

  /** The last delivery of each key comes once more, all of them in one run. */
  async replayLast(): Promise<void> {
    const last = new Map(this.schedule.deliveries.map((delivery) => [delivery.key, delivery]));
    for (const delivery of last.values()) await this.put(delivery, delivery.modifiedAt);
    await this.drain();
  }

  private async replay(delivery: Delivery): Promise<void> {
    const contentHash = hashOf(contentOf(delivery));
    const { stored } = this.stores.archive;
    const archived = [keyWithHash(delivery.key, contentHash), delivery.key].flatMap((name) => stored.get(name) ?? []);
    const bytes = archived.find((found) => hashOf(found) === contentHash);
    if (bytes !== undefined) await this.put(delivery, delivery.modifiedAt, bytes);
  }

  private isAloneInKey({ key }: Delivery): boolean {
    return this.schedule.deliveries.filter((delivery) => delivery.key === key).length === 1;
  }

  private async run(wants: ((file: LandedFile) => boolean) | undefined = undefined): Promise<void> {
    const { warehouse, clock } = this;
    const { landing, archive, quarantine } = this.stores;
    clock.advance(1000);
    const transformer = new InProcessTransformer({ landing, unpacker, ...warehouse });
    const report = await ingestRun(
      { landing, archive, quarantine, warehouse: warehouse.warehouse, clock, transformer },
      { runId: `run-${this.reports.length + 1}`, policy: this.policy, batchSize: BATCH_SIZE, wants },
    );
    this.reports.push(report);
  }
}

const unpacker = new ZlibUnpacker();
