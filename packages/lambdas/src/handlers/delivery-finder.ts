import type { LandedFile, LandingZone } from '@weir/core';
import type { CreatedObject } from '../events/object-event.ts';
import { OnceEach } from './once-each.ts';

const LOOK_UPS_AT_ONCE = 16;

/** Looks up what events told, each version once however often it was told, and some at a time. */
export class DeliveryFinder {
  readonly #landing: LandingZone;
  readonly #toVersion: (object: CreatedObject) => string | undefined;
  readonly #lookUps = new OnceEach<LandedFile | undefined>(LOOK_UPS_AT_ONCE);

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
    return this.#lookUps.do(id, () => this.#landing.find(object.key, version));
  }
}
