import type { FaultKnobs } from './fault-knobs.ts';

/** Knobs of rows that are rejected for a fault of a value; a row may show several. */
export const VALUE_KNOBS = [
  'blankTransactionIds',
  'blankCustomerIds',
  'blankProductIds',
  'longTransactionIds',
  'longCustomerIds',
  'longProductIds',
  'quantityNotAnInteger',
  'quantityZero',
  'quantityNegative',
  'quantityTooLarge',
  'priceNotADecimal',
  'priceNegative',
  'priceTooManyDecimals',
  'priceTooLarge',
  'dateNotADate',
  'dateAfterFileDay',
  'unknownPaymentTypes',
  'unknownStatuses',
  'totalTooLarge',
] as const;

/** Knobs of rows that are rejected as a whole: nothing else is looked for in them. */
export const STRUCTURE_KNOBS = [
  'tooFewFields',
  'tooManyFields',
  'strayQuotes',
  'unclosedQuotes',
  'invalidUtf8',
  'nulBytes',
] as const;

/** Knobs of rows that look odd and are valid. */
export const DRESS_KNOBS = ['oddLetterCase', 'paddedValues', 'quotedFields', 'oddNumbers', 'blankLines'] as const;

/** All knobs that share out the rows among themselves. */
export const ROW_KNOBS: readonly (keyof FaultKnobs)[] = [...VALUE_KNOBS, ...STRUCTURE_KNOBS, ...DRESS_KNOBS];

export type ValueKnob = (typeof VALUE_KNOBS)[number];
export type StructureKnob = (typeof STRUCTURE_KNOBS)[number];
export type DressKnob = (typeof DRESS_KNOBS)[number];
