import { below, boundOf, mix } from './draw.ts';
import { CANCELLED, COMPLETED, FAILED, PENDING, REFUNDED } from './lifecycle.ts';
import type { ResolvedOptions } from './resolve-options.ts';

const INITIAL_SALT = 0x1b873593;
const SETTLE_SALT = 0x2c9277b5;
const AFTER_SALT = 0x38495ab5;
const LATE_SALT = 0x165667b1;
const ORDER_SALT = 0x27d4eb2f;
const EXTRA_SALT = 0x0f1bbcdc;
const LATER_SALT = 0x6ed9eba1;

const MOST_ROWS = 8;
/** Share of all transactions that the delivery after the last day tells something about. */
const LATER_BOUND = boundOf(0.02);

/**
 * The rows that are delivered about a transaction, in an order in which rows of the same file keep their order of
 * lines. Days count from the first generated day. Half of the updates are dated on the day of the change, half keep
 * the original date, so that both the date and the status decide about versions.
 */
export class Life {
  rows = 0;
  /** Day of the file that holds the row. May lie behind the last generated day: then it is not delivered. */
  readonly day: Int32Array = new Int32Array(MOST_ROWS);
  /** `transaction_date` */
  readonly date: Int32Array = new Int32Array(MOST_ROWS);
  readonly status: Int32Array = new Int32Array(MOST_ROWS);
  /** 1 where the row states another quantity than the others. */
  readonly amended: Uint8Array = new Uint8Array(MOST_ROWS);

  readonly #afterLastDay: number;
  readonly #late: number;
  readonly #outOfOrder: number;
  readonly #extras: readonly number[];
  readonly #anyExtra: number;

  constructor(options: ResolvedOptions) {
    const { knobs } = options;
    this.#afterLastDay = options.days;
    this.#late = boundOf(knobs.lateUpdates);
    this.#outOfOrder = boundOf(knobs.outOfOrderUpdates);
    const shares = [
      knobs.statusRegressions,
      knobs.repeatsInFile,
      knobs.repeatsAcrossFiles,
      knobs.amendmentsInFile,
      knobs.amendmentsAcrossFiles,
    ];
    this.#extras = shares.map((_, i) => boundOf(shares.slice(0, i + 1).reduce((sum, share) => sum + share, 0)));
    this.#anyExtra = this.#extras.at(-1) as number;
  }

  /** Reads the life of the transaction with this hash, begun on day `origin`. */
  read(hash: number, origin: number, datedTomorrow: boolean): void {
    this.rows = 0;
    const draw = mix(hash + INITIAL_SALT);
    const kind = draw & 127;
    const first = kind < 80 ? COMPLETED : kind < 122 ? PENDING : kind < 126 ? FAILED : CANCELLED;
    this.#add(origin, datedTomorrow ? origin + 1 : origin, first, 0);
    let [settled, status] = [origin, first as number];
    if (first === PENDING) {
      const settle = mix(hash + SETTLE_SALT);
      settled = origin + 1 + below(settle, 3);
      const outcome = settle & 127;
      status = outcome < 108 ? COMPLETED : outcome < 119 ? FAILED : CANCELLED;
      this.#add(settled, (settle & 128) === 0 ? origin : settled, status, 0);
    }
    if (status === COMPLETED) this.#addAftermath(mix(hash + AFTER_SALT), origin, settled);
    if (this.rows > 1) this.#disturb(hash);
    const extra = mix(hash + EXTRA_SALT);
    if (extra < this.#anyExtra) this.#addExtra(extra, mix(extra), origin);
    const later = mix(hash + LATER_SALT);
    if (later < LATER_BOUND) this.#addLater(mix(later), origin);
  }

  #add(day: number, date: number, status: number, amended: number): void {
    const row = this.rows++;
    this.day[row] = day;
    this.date[row] = date;
    this.status[row] = status;
    this.amended[row] = amended;
  }

  #addAftermath(draw: number, origin: number, settled: number): void {
    const kind = draw & 127;
    if (kind >= 9) return;
    const day = settled + 1 + (kind < 6 ? below(draw, 10) : below(draw, 2));
    this.#add(day, (draw & 128) === 0 ? origin : day, kind < 6 ? REFUNDED : CANCELLED, 0);
  }

  #disturb(hash: number): void {
    for (let row = 1; row < this.rows; row++) {
      const draw = mix(hash + LATE_SALT + row);
      if (draw < this.#late) this.day[row]! += 1 + (mix(draw) & 3);
    }
    const draw = mix(hash + ORDER_SALT);
    if (draw < this.#outOfOrder) this.day[this.rows - 2] = (this.day[this.rows - 1] as number) + 1 + (mix(draw) & 1);
  }

  #addExtra(band: number, draw: number, origin: number): void {
    const [first, date, status] = [this.day[0] as number, this.date[0] as number, this.status[0] as number];
    const nextDays = first + 1 + below(draw, 3);
    if (band < (this.#extras[0] as number)) this.#addRegression(draw, origin);
    else if (band < (this.#extras[1] as number)) this.#add(first, date, status, 0);
    else if (band < (this.#extras[2] as number)) this.#add(nextDays, date, status, 0);
    else if (band < (this.#extras[3] as number)) this.#add(first, date, status, 1);
    else this.#add(nextDays, date, status, 1);
  }

  #addRegression(draw: number, origin: number): void {
    const last = this.rows - 1;
    const day = Math.max(this.day[last] as number, this.day[0] as number) + 1 + (draw & 1);
    const status = this.status[last] as number;
    if (status !== PENDING && (draw & 2) === 0) this.#add(day, this.date[last] as number, PENDING, 0);
    else this.#add(day, origin - 1 - below(draw, 3), status, 0);
  }

  /** Refunds and cancellations, some of today, some with the original date, some older than what is stored. */
  #addLater(draw: number, origin: number): void {
    const kind = draw & 15;
    const day = this.#afterLastDay;
    if (kind < 6) this.#add(day, day, REFUNDED, 0);
    else if (kind < 11) this.#add(day, origin, CANCELLED, 0);
    else if (kind < 14) this.#add(day, origin, PENDING, 0);
    else this.#add(day, origin - 2, REFUNDED, 0);
  }
}
