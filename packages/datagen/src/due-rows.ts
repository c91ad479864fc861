const CHUNK = 8192;
/** Rows of one transaction fit three bits. */
const PLACES = 8;

/** Rows that later files will hold, by day, eight bytes each: an index and a place among the transaction's rows. */
export class DueRows {
  readonly #byDay = new Map<number, DueDay>();

  add(day: number, index: number, place: number): void {
    const due = this.#byDay.get(day) ?? new DueDay();
    if (due.length === 0) this.#byDay.set(day, due);
    due.push(index * PLACES + place);
  }

  /** Hands over the rows of a day, in the order in which they were added. */
  take(day: number): DueDay {
    const due = this.#byDay.get(day) ?? new DueDay();
    this.#byDay.delete(day);
    return due;
  }
}

/** A queue. `next` moves to the next row, whose numbers are then in `index` and `place`. */
export class DueDay {
  index = 0;
  place = 0;
  length = 0;
  readonly #chunks: Float64Array[] = [];
  #from = 0;
  #to = CHUNK;

  push(packed: number): void {
    if (this.#to === CHUNK) {
      this.#chunks.push(new Float64Array(CHUNK));
      this.#to = 0;
    }
    this.#chunks[this.#chunks.length - 1]![this.#to++] = packed;
    this.length++;
  }

  /** Only where `length` is above 0. */
  next(): void {
    const packed = this.#chunks[0]![this.#from++] as number;
    this.index = Math.floor(packed / PLACES);
    this.place = packed - this.index * PLACES;
    this.length--;
    if (this.#from < CHUNK) return;
    this.#chunks.shift();
    this.#from = 0;
  }
}
