import type { Draws } from './draw.ts';
import type { StructureKnob } from './row-knobs.ts';
import { CUSTOMER, DATE, PRICE, PRODUCT, STATUS, TRANSACTION } from './value-faults.ts';

export const structureCodes: Readonly<Record<StructureKnob, string>> = {
  tooFewFields: 'row-field-count',
  tooManyFields: 'row-field-count',
  strayQuotes: 'row-quoting',
  unclosedQuotes: 'row-quoting',
  invalidUtf8: 'row-encoding',
  nulBytes: 'row-encoding',
};

/** Stands for a byte that no text can hold; the writer of bytes puts that byte in its place. */
export const FOREIGN_BYTE = '\u0001';

/**
 * Spoils the record. A planted quote stands right before a letter or a digit, never at the end of a field: so
 * neither it nor the next quoted field can be read as the close of an earlier, unclosed one, and it costs one record.
 */
export function spoilRecord(knob: StructureKnob, fields: string[], draws: Draws, compound: boolean): void {
  if (knob === 'tooFewFields') fields.length -= 1 + draws.below(3);
  else if (knob === 'tooManyFields') addField(fields, draws);
  else if (knob === 'strayQuotes') addQuote(fields, draws);
  else if (knob === 'unclosedQuotes') {
    const column = draws.pick([TRANSACTION, CUSTOMER, PRODUCT, DATE, STATUS]);
    fields[column] = `"${fields[column]}`;
  } else {
    const column = draws.pick([TRANSACTION, CUSTOMER, PRODUCT, DATE]);
    const foreign = knob === 'nulBytes' ? '\0' : FOREIGN_BYTE;
    fields[column] = insert(fields[column] as string, foreign, draws);
    // A wrong number of fields counts for nothing beside a wrong encoding.
    if (compound) fields.length -= 1;
  }
  if (compound && (knob === 'strayQuotes' || knob === 'unclosedQuotes')) fields[PRICE] += FOREIGN_BYTE;
}

function addField(fields: string[], draws: Draws): void {
  if (draws.below(3) === 0) fields.push(draws.pick(['', 'gift', '1']));
  else fields[PRICE] = `1,${fields[PRICE]}`;
}

function addQuote(fields: string[], draws: Draws): void {
  const column = draws.pick([TRANSACTION, CUSTOMER, PRODUCT]);
  const field = fields[column] as string;
  fields[column] = draws.below(3) === 0 ? `"${field}"x` : insert(field, '"', draws);
}

function insert(field: string, text: string, draws: Draws): string {
  const at = 1 + draws.below(field.length - 1);
  return field.slice(0, at) + text + field.slice(at);
}
