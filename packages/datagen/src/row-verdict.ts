import { boundOf, mix } from './draw.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { DRESS_KNOBS, STRUCTURE_KNOBS, VALUE_KNOBS } from './row-knobs.ts';

const FLAW_SALT = 0x71374491;
const CORRECTION_SALT = 0x59f111f1;
const ROW_STEP = 0x2545f491;
/** Whoever corrects a file mends what was rejected first of all. */
const MENDED = boundOf(0.5);
/** The correction among the later deliveries always corrects something. */
const LEAST_CORRECTED = 0.02;

export const CLEAN = 0;
export const FAULTY = 1;
export const ODD = 2;

/** Which row is planted with a fault, and which row a corrected file changes: pure functions of the row. */
export class RowVerdict {
  readonly #faulty: number;
  readonly #odd: number;
  readonly #corrected: readonly [landing: number, later: number];

  constructor({ knobs }: ResolvedOptions) {
    const faulty = [...VALUE_KNOBS, ...STRUCTURE_KNOBS].reduce((sum, knob) => sum + knobs[knob], 0);
    this.#faulty = boundOf(Math.min(1, faulty));
    this.#odd = boundOf(
      Math.min(
        1,
        DRESS_KNOBS.reduce((sum, knob) => sum + knobs[knob], faulty),
      ),
    );
    this.#corrected = [boundOf(knobs.correctedRows), boundOf(Math.max(knobs.correctedRows, LEAST_CORRECTED))];
  }

  /** `CLEAN`, `FAULTY` (rejected) or `ODD` (valid) in the first delivery. */
  of(hash: number, row: number): number {
    const draw = mix(hash + FLAW_SALT + Math.imul(row, ROW_STEP));
    return draw < this.#faulty ? FAULTY : draw < this.#odd ? ODD : CLEAN;
  }

  /**
   * Whether a corrected file states the row otherwise than the first delivery.
   * @param correction 0 for a corrected file in the landing place, 1 for one among the later deliveries
   */
  isCorrected(hash: number, row: number, correction: 0 | 1): boolean {
    const draw = mix(hash + CORRECTION_SALT + Math.imul(row + correction * 16, ROW_STEP));
    return draw < (this.of(hash, row) === FAULTY ? MENDED : this.#corrected[correction]);
  }
}

/** The price that a corrected file states: another one, and never below 0. */
export function correctedCents(cents: number): number {
  return cents > 100 ? cents - 1 - (cents % 97) : cents + 1;
}

/** The quantity that an amendment states: another one, and always valid. */
export function amendedQuantity(quantity: number): number {
  return quantity > 1 ? quantity - 1 : quantity + 1;
}
