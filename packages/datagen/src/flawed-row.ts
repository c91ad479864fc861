import { formatDay } from './calendar.ts';
import type { RowTexts } from './clean-row.ts';
import { boundOf, Draws, mix } from './draw.ts';
import type { FaultKnobs } from './fault-knobs.ts';
import { transactionIdentifier } from './identifier.ts';
import { paymentTypes, statuses } from './lifecycle.ts';
import { centsText } from './put-number.ts';
import { dressFields } from './row-dress.ts';
import {
  DRESS_KNOBS,
  type DressKnob,
  STRUCTURE_KNOBS,
  type StructureKnob,
  VALUE_KNOBS,
  type ValueKnob,
} from './row-knobs.ts';
import { spoilRecord, structureCodes } from './row-structure.ts';
import { FAULTY, ODD } from './row-verdict.ts';
import type { TransactionRow } from './transaction-row.ts';
import { CUSTOMER, PRODUCT, valueFaults } from './value-faults.ts';
import { WeightedChoice } from './weighted-choice.ts';

/** Ids that no dimension holds are few, so that each comes often, as with a product that was not announced. */
const UNKNOWN_IDS = 12;
const FLAW_DRAWS = 0x428a2f98;

/** A record that is not plain: its fields in the usual order of columns, and what a validator must say of it. */
export interface FlawedRow {
  readonly fields: string[];
  readonly codes: readonly string[];
  readonly blankLineBehind: boolean;
  /** A `note` with quotes would pair up with a planted one. */
  readonly noQuotes: boolean;
}

/** Writes out the faults that are planted in a row; the same row gets the same faults whenever it is delivered. */
export class FlawedRows {
  readonly #texts: RowTexts;
  readonly #counts: { readonly customers: number; readonly products: number };
  readonly #compound: number;
  readonly #faults: WeightedChoice<ValueKnob | StructureKnob>;
  readonly #values: WeightedChoice<ValueKnob>;
  readonly #dresses: WeightedChoice<DressKnob>;

  constructor(texts: RowTexts, counts: { readonly customers: number; readonly products: number }, knobs: FaultKnobs) {
    this.#texts = texts;
    this.#counts = counts;
    this.#compound = boundOf(knobs.compoundFaults);
    this.#faults = new WeightedChoice([...VALUE_KNOBS, ...STRUCTURE_KNOBS], (knob) => knobs[knob]);
    this.#values = new WeightedChoice(VALUE_KNOBS, (knob) => knobs[knob]);
    this.#dresses = new WeightedChoice(DRESS_KNOBS, (knob) => knobs[knob]);
  }

  /** @param fileDay of the file that holds the row, counted from the first generated day */
  of(row: TransactionRow, verdict: number, fileDay: number): FlawedRow {
    const fields = this.#plainFields(row);
    const draws = new Draws(mix(row.hash + FLAW_DRAWS) ^ row.place);
    const compound = verdict !== 0 && draws.next() < this.#compound;
    const orphan = row.unknownProduct ? ['product-unknown'] : row.unknownCustomer ? ['customer-unknown'] : [];
    if (verdict === ODD) {
      const knobs = new Set([this.#dresses.pick(draws.next())]);
      if (compound) knobs.add(this.#dresses.pick(draws.next()));
      dressFields(knobs, fields, draws);
      return { fields, codes: orphan, blankLineBehind: knobs.has('blankLines'), noQuotes: false };
    }
    if (verdict !== FAULTY) return { fields, codes: orphan, blankLineBehind: false, noQuotes: false };
    const knob = this.#faults.pick(draws.next());
    if (isStructure(knob)) {
      spoilRecord(knob, fields, draws, compound);
      return { fields, codes: [structureCodes[knob]], blankLineBehind: false, noQuotes: true };
    }
    const knobs = compound ? [knob, this.#values.pick(draws.next()), this.#values.pick(draws.next())] : [knob];
    return {
      fields,
      codes: this.#spoilValues(knobs, row, fields, draws, fileDay),
      blankLineBehind: false,
      noQuotes: false,
    };
  }

  #plainFields(row: TransactionRow): string[] {
    const { customers, products, firstDay } = this.#texts;
    return [
      transactionIdentifier.text(row.index),
      customers.text(row.unknownCustomer ? this.#counts.customers + (row.hash % UNKNOWN_IDS) : row.customer),
      products.text(row.unknownProduct ? this.#counts.products + (row.hash % UNKNOWN_IDS) : row.product),
      String(row.quantity),
      centsText(row.cents),
      formatDay(firstDay + row.date),
      paymentTypes[row.payment] as string,
      statuses[row.status] as string,
    ];
  }

  #spoilValues(
    knobs: readonly ValueKnob[],
    row: TransactionRow,
    fields: string[],
    draws: Draws,
    fileDay: number,
  ): string[] {
    const taken = new Set<number>();
    const planted = new Set<ValueKnob>();
    const codes: string[] = [];
    for (const knob of knobs) {
      const { columns, codes: earned, texts } = valueFaults[knob];
      if (columns.some((column) => taken.has(column)) || clashes(knob, planted)) continue;
      const found = texts(draws, (days) => formatDay(this.#texts.firstDay + fileDay + days));
      columns.forEach((column, i) => {
        const text = found[i] as string;
        fields[column] = text.includes(',') ? `"${text}"` : text;
        taken.add(column);
      });
      planted.add(knob);
      codes.push(...earned);
    }
    if (row.unknownProduct && !taken.has(PRODUCT)) codes.push('product-unknown');
    if (row.unknownCustomer && !taken.has(CUSTOMER)) codes.push('customer-unknown');
    return codes;
  }
}

/** Together these two would also make the total too large, or not, depending on how far a reader goes. */
function clashes(knob: ValueKnob, planted: ReadonlySet<ValueKnob>): boolean {
  if (knob === 'quantityTooLarge') return planted.has('priceTooLarge');
  return knob === 'priceTooLarge' && planted.has('quantityTooLarge');
}

function isStructure(knob: ValueKnob | StructureKnob): knob is StructureKnob {
  return Object.hasOwn(structureCodes, knob);
}
