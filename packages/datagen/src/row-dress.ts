import type { Draws } from './draw.ts';
import type { DressKnob } from './row-knobs.ts';
import { PAYMENT, PRICE, QUANTITY, STATUS } from './value-faults.ts';

/**
 * Changes how valid fields look and not what they say: values first, then what stands around them. `blankLines` is left
 * to the writer of lines.
 */
export function dressFields(knobs: ReadonlySet<DressKnob>, fields: string[], draws: Draws): void {
  if (knobs.has('oddLetterCase')) {
    fields[PAYMENT] = oddCase(fields[PAYMENT] as string, draws);
    fields[STATUS] = oddCase(fields[STATUS] as string, draws);
  }
  if (knobs.has('oddNumbers')) {
    fields[QUANTITY] = draws.pick(['+', '0', '00', '']) + fields[QUANTITY];
    fields[PRICE] = oddPrice(fields[PRICE] as string, draws);
  }
  if (knobs.has('quotedFields')) {
    const padding = draws.pick(['', '', '', ' ']);
    decorate(fields, draws, (field) => `${padding}"${field}"${padding}`);
  }
  if (knobs.has('paddedValues')) {
    decorate(fields, draws, (field) => draws.pick([' ', '  ', '\t', '']) + field + draws.pick([' ', '\t ', '   ']));
  }
}

/** Some of the fields, or all of them. */
function decorate(fields: string[], draws: Draws, change: (field: string) => string): void {
  const all = draws.below(2) === 0;
  for (let column = 0; column < fields.length; column++) {
    if (all || draws.below(3) === 0) fields[column] = change(fields[column] as string);
  }
}

function oddCase(text: string, draws: Draws): string {
  const spaced = text.replace(' ', draws.pick([' ', '  ', '    ']));
  const form = draws.below(3);
  if (form === 0) return spaced.toUpperCase();
  if (form === 1) return spaced.toLowerCase();
  return [...spaced].map((letter, i) => (i % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join('');
}

function oddPrice(text: string, draws: Draws): string {
  const short = text.endsWith('.00') ? text.slice(0, -3) : text.endsWith('0') ? text.slice(0, -1) : text;
  return draws.pick(['+', '0', '000', '']) + short;
}
