import type { LandedFile, LandingZone } from '@weir/core';
import type { CreatedObject } from '../events/object-event.ts';

const LOOK_UPS_AT_ONCE = 16;

/** Looks up what events told, each version once however often it was told, and some at a time. */
export class DeliveryFinder {
  readonly #landing: LandingZone;
  readonly #toVersion: (object: CreatedObject) => string | undefined;
  readonly #found = new Map<string, Promise<LandedFile | undefined>>();
  readonly #lanes: Promise<unknown>[] = Array.from({ length: LOOK_UPS_AT_ONCE }, () => Promise.resolve());

  /** @param toVersion the version as the landing place names it; undefined for the newest */
  constructor(landing: LandingZone, toVersion: (object: CreatedObject) => string | undefined) {
    this.#landing = landing;
    this.#toVersion = toVersion;
  }

  /**
   * @returns undefined where the version is not there any more
   * @throws PortError `landing.unreadable`
   */
  find(object: CreatedObject): Promise<LandedFile | undefined> {
    const version = this.#toVersion(object);
    const id = JSON.stringify([object.key, version]);
    const known = this.#found.get(id);
    if (known !== undefined) return known;
    const found = this.#inLane(this.#found.size, () => this.#landing.find(object.key, version));
    this.#found.set(id, found);
    return found;
  }

  #inLane<Value>(turn: number, work: () => Promise<Value>): Promise<Value> {
    const lane = turn % LOOK_UPS_AT_ONCE;
    const done = this.#lanes[lane]!.then(work);
    this.#lanes[lane] = done.catch(() => undefined);
    return done;
  }
}
