import { setImmediate } from 'node:timers/promises';
import { createWorld, type DataWorld } from './data-world.ts';
import { dayOfIndex } from './day-table.ts';
import type { Delivery } from './delivery-plan.ts';
import { type DueDay, DueRows } from './due-rows.ts';
import { type FactFigures, FactLedger } from './fact-ledger.ts';
import type { GenerationProgress } from './generation-options.ts';
import { OpenFiles, type ReadingFigures } from './open-files.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { rowsOfDay } from './seasonality.ts';
import { TransactionRow } from './transaction-row.ts';
import { Winner } from './winner.ts';

/** Which files count for the result, which of them are written, and where. */
export interface GenerationTask {
  readonly options: ResolvedOptions;
  /** Files that are ingested: the facts are those after all of them. */
  readonly ingested: readonly Delivery[];
  /** Files to write. Rows of other days are only thought of. */
  readonly written: readonly Delivery[];
  /** The folder that the keys are relative to. */
  readonly folder: string;
  readonly onProgress: ((progress: GenerationProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

export interface GenerationOutcome {
  readonly world: DataWorld;
  readonly figures: FactFigures;
  readonly files: ReadonlyMap<Delivery, ReadingFigures>;
  readonly bytes: number;
}

const ROWS_BETWEEN_PAUSES = 16_384;
/** Further rows of a transaction in the same file stand about so many lines below the first. */
const ECHO_DISTANCE = 32;

/** Generates day by day. Memory holds buffers and the updates that are still due, never the rows. */
export class Generation {
  readonly #task: GenerationTask;
  readonly #world: DataWorld;
  readonly #winner: Winner;
  readonly #ledger: FactLedger;
  readonly #due = new DueRows();
  readonly #lastDay: number;
  readonly #files: OpenFiles;
  readonly #row = new TransactionRow();
  #rowsExpected: number;
  #echoes: { index: number; place: number }[] = [];
  #nextIndex = 0;
  #rowsOfDay = 0;

  constructor(task: GenerationTask) {
    const { options, ingested, written, folder } = task;
    this.#task = task;
    this.#world = createWorld(options);
    const { verdicts, texts, shop, flaws } = this.#world;
    this.#files = new OpenFiles(folder, texts, flaws, verdicts);
    const all = [...ingested, ...written];
    this.#lastDay = Math.max(...all.map(({ day }) => day));
    const ordinals = Math.max(...all.map(({ ordinal }) => ordinal)) + 1;
    this.#winner = new Winner(byDay(ingested, this.#lastDay), ordinals, verdicts);
    this.#ledger = new FactLedger(texts, shop.catalog, shop.customers);
    this.#rowsExpected = written.reduce((sum, { day }) => sum + (day < options.days ? this.#targetOf(day) : 0), 0);
  }

  async run(): Promise<GenerationOutcome> {
    try {
      for (let day = 0; day <= this.#lastDay; day++) await this.#runDay(day);
    } finally {
      this.#files.discard();
    }
    const figures = this.#ledger.figures();
    return { world: this.#world, figures, files: this.#files.figures, bytes: this.#files.bytes };
  }

  async #runDay(day: number): Promise<void> {
    this.#task.signal?.throwIfAborted();
    const due = this.#due.take(day);
    this.#files.open(this.#task.written.filter((delivery) => delivery.day === day));
    // Not by the open files: a day must come out the same where none of its files is written.
    const oversized = this.#task.ingested.some((delivery) => delivery.day === day && delivery.format.oversizedRow);
    this.#rowsOfDay = oversized ? 1 : 0;
    if (day < this.#task.options.days) await this.#runNewTransactions(day, due);
    else this.#rowsExpected += due.length;
    while (due.length > 0) {
      this.#addDue(due, day);
      if (due.length % ROWS_BETWEEN_PAUSES === 0) await this.#pause();
    }
    while (this.#echoes.length > 0) this.#addEcho(day);
    this.#files.close();
    await this.#pause();
  }

  async #runNewTransactions(day: number, due: DueDay): Promise<void> {
    const { days } = this.#world;
    const target = this.#targetOf(day);
    const updates = due.length;
    const expectedNew = Math.max(1, target - updates);
    const first = this.#nextIndex;
    days.firstIndex[day] = first;
    days.expectedNew[day] = expectedNew;
    while (this.#rowsOfDay + due.length + this.#echoes.length < target) {
      this.#addNew(this.#nextIndex++, day);
      // Updates are spread evenly among the new rows.
      const begun = this.#nextIndex - first;
      while (due.length > 0 && (updates - due.length) * expectedNew < begun * updates) this.#addDue(due, day);
      if (this.#echoes.length > ECHO_DISTANCE) this.#addEcho(day);
      if (begun % ROWS_BETWEEN_PAUSES === 0) await this.#pause();
    }
  }

  #addNew(index: number, day: number): void {
    const { purchase, life } = this.#world;
    this.#read(index, day);
    this.#row.index = index;
    if (this.#winner.find(purchase, life, this.#row)) this.#ledger.add(this.#row);
    for (let place = 0; place < life.rows; place++) {
      const rowDay = life.day[place] as number;
      if (rowDay > this.#lastDay) continue;
      if (rowDay > day) this.#due.add(rowDay, index, place);
      else if (place === 0) this.#deliver(index, 0);
      else this.#echoes.push({ index, place });
    }
  }

  #addDue(due: DueDay, day: number): void {
    due.next();
    this.#redeliver(due.index, due.place, day);
  }

  #addEcho(day: number): void {
    const { index, place } = this.#echoes.shift() as { index: number; place: number };
    this.#redeliver(index, place, day);
  }

  #redeliver(index: number, place: number, day: number): void {
    if (!this.#files.isEmpty) this.#read(index, dayOfIndex(this.#world.days, index, this.#latestDay(day)));
    this.#deliver(index, place);
  }

  #read(index: number, day: number): void {
    const { purchase, life } = this.#world;
    purchase.read(index, day);
    life.read(purchase.hash, day, purchase.isDatedTomorrow);
  }

  #deliver(index: number, place: number): void {
    this.#rowsOfDay++;
    this.#files.add(index, place, this.#world.purchase, this.#world.life);
  }

  /** Lets the process breathe: signals arrive and a progress bar can be drawn. */
  async #pause(): Promise<void> {
    const { onProgress, signal } = this.#task;
    const { rows } = this.#files;
    onProgress?.({ rowsWritten: rows, rowsExpected: Math.max(this.#rowsExpected, rows) });
    await setImmediate();
    signal?.throwIfAborted();
  }

  #latestDay(day: number): number {
    return Math.min(day, this.#task.options.days - 1);
  }

  #targetOf(day: number): number {
    const { rowsPerDay, seasonality } = this.#task.options;
    return rowsOfDay(rowsPerDay, this.#world.texts.firstDay + day, seasonality);
  }
}

function byDay(deliveries: readonly Delivery[], lastDay: number): Delivery[][] {
  return Array.from({ length: lastDay + 1 }, (_, day) => deliveries.filter((delivery) => delivery.day === day));
}
