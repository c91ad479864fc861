import type { FaultKnobs } from './fault-knobs.ts';

export type FaultProfileName = 'none' | 'default' | 'heavy';

const REJECTED_SHARES = {
  tooFewFields: 1,
  tooManyFields: 1,
  strayQuotes: 1,
  unclosedQuotes: 1,
  invalidUtf8: 1,
  nulBytes: 0,
  blankTransactionIds: 1,
  blankCustomerIds: 3,
  blankProductIds: 1,
  longTransactionIds: 1,
  longCustomerIds: 1,
  longProductIds: 1,
  quantityNotAnInteger: 1,
  quantityZero: 1,
  quantityNegative: 2,
  quantityTooLarge: 1,
  priceNotADecimal: 2,
  priceNegative: 1,
  priceTooManyDecimals: 1,
  priceTooLarge: 1,
  dateNotADate: 2,
  dateAfterFileDay: 1,
  unknownPaymentTypes: 1,
  unknownStatuses: 1,
  totalTooLarge: 1,
};

/** What `faults: 'none' | 'default' | 'heavy'` stand for. Spread one to change single knobs of it. */
export const faultProfiles: Readonly<Record<FaultProfileName, FaultKnobs>> = {
  none: profile(0, 0, 0, { correctedRows: 0, compoundFaults: 0 }),
  default: profile(0.0005, 0.002, 0.004, {
    // Ten thousand million for a lip balm would drown every figure that a demonstration shows.
    boundaryValues: 0,
    compoundFaults: 0.1,
    correctedRows: 0.02,
    redeliveredFiles: 0.05,
    correctedFiles: 0.05,
    byteOrderMarkFiles: 0.1,
    crlfFiles: 0.1,
  }),
  heavy: profile(0.005, 0.01, 0.02, {
    nulBytes: 0.001,
    compoundFaults: 0.4,
    correctedRows: 0.05,
    redeliveredFiles: 0.2,
    correctedFiles: 0.2,
    byteOrderMarkFiles: 0.3,
    crlfFiles: 0.3,
    crFiles: 0.1,
    gzipFiles: 0.2,
    unusualHeaderFiles: 0.2,
    missingFinalLineBreakFiles: 0.3,
    oversizedRowFiles: 0.1,
  }),
};

function profile(rejected: number, odd: number, updates: number, others: Partial<FaultKnobs>): FaultKnobs {
  const shares = Object.entries(REJECTED_SHARES).map(([knob, weight]) => [knob, weight * rejected]);
  return {
    ...(Object.fromEntries(shares) as { [K in keyof typeof REJECTED_SHARES]: number }),
    compoundFaults: 0,
    oddLetterCase: odd,
    paddedValues: odd,
    quotedFields: odd,
    oddNumbers: odd,
    blankLines: odd / 4,
    unknownProducts: updates / 2,
    unknownCustomers: updates / 2,
    boundaryValues: updates / 4,
    lateUpdates: updates * 10,
    outOfOrderUpdates: updates * 5,
    statusRegressions: updates,
    repeatsInFile: updates,
    repeatsAcrossFiles: updates,
    amendmentsInFile: updates / 2,
    amendmentsAcrossFiles: updates / 2,
    redeliveredFiles: 0,
    correctedFiles: 0,
    correctedRows: 0,
    byteOrderMarkFiles: 0,
    crlfFiles: 0,
    crFiles: 0,
    gzipFiles: 0,
    unusualHeaderFiles: 0,
    missingFinalLineBreakFiles: 0,
    oversizedRowFiles: 0,
    ...others,
  };
}
