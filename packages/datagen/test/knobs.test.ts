import { describe, expect, test } from '@jest/globals';
import { type FaultKnobs, faultProfiles, generate } from '../src/index.ts';
import { evaluate, type File, filesBelow } from './naive-evaluator.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

async function generateWith(faults: Partial<FaultKnobs>) {
  const { landing, dimensions, expected } = await generate({ out: newFolder(), days: 4, rowsPerDay: 150, faults });
  const files = filesBelow(landing);
  expect(expected).toMatchObject(evaluate(files, dimensions));
  return { files, expected };
}

const codesByKnob: Partial<Record<keyof FaultKnobs, string[]>> = {
  tooFewFields: ['row-field-count'],
  tooManyFields: ['row-field-count'],
  strayQuotes: ['row-quoting'],
  unclosedQuotes: ['row-quoting'],
  invalidUtf8: ['row-encoding'],
  nulBytes: ['row-encoding'],
  blankTransactionIds: ['transaction-id-blank'],
  blankCustomerIds: ['customer-id-blank'],
  blankProductIds: ['product-id-blank'],
  longTransactionIds: ['transaction-id-too-long'],
  longCustomerIds: ['customer-id-too-long', 'customer-unknown'],
  longProductIds: ['product-id-too-long', 'product-unknown'],
  quantityNotAnInteger: ['quantity-not-an-integer'],
  quantityZero: ['quantity-not-positive'],
  quantityNegative: ['quantity-not-positive'],
  quantityTooLarge: ['quantity-too-large'],
  priceNotADecimal: ['price-not-a-decimal'],
  priceNegative: ['price-negative'],
  priceTooManyDecimals: ['price-too-many-decimals'],
  priceTooLarge: ['price-too-large'],
  dateNotADate: ['date-not-a-date'],
  dateAfterFileDay: ['date-after-file-day'],
  unknownPaymentTypes: ['payment-type-unknown'],
  unknownStatuses: ['status-unknown'],
  totalTooLarge: ['total-too-large'],
  unknownProducts: ['product-unknown'],
  unknownCustomers: ['customer-unknown'],
  oversizedRowFiles: ['row-too-long'],
};

describe('a fault planted alone earns its own code and no other', () => {
  test.each(Object.entries(codesByKnob))('%s', async (knob, codes) => {
    const { expected } = await generateWith({ [knob]: 0.2 });

    expect(Object.keys(expected.rejects_by_code)).toEqual(codes);
    expect(expected.rejected).toBeGreaterThan(0);
    for (const code of codes) expect(expected.rejects_by_code[code]).toBe(expected.rejected);
  });
});

const text = (files: readonly File[]): string => files.map(({ bytes }) => bytes.toString('latin1')).join('');
const lines = (files: readonly File[]): string[] => text(files).split('\n').slice(1);
const ids = (file: File): string[] => lines([file]).map((line) => line.slice(0, 11));
const idsThatComeTwice = (file: File): number => ids(file).length - new Set(ids(file)).size;
const linesThatComeTwice = (files: readonly File[]): number => lines(files).length - new Set(lines(files)).size;

/** What a reader of the files sees of each knob that rejects nothing. */
const signsByKnob: Partial<Record<keyof FaultKnobs, (files: readonly File[]) => unknown>> = {
  oddLetterCase: (files) => /credit {2,}card/i.test(text(files)) && /COMPLETED/.test(text(files)),
  paddedValues: (files) => /[ \t],[ \t]/.test(text(files)),
  quotedFields: (files) => /"T\d+","C\d+"/.test(text(files)),
  oddNumbers: (files) => /,\+\d+,/.test(text(files)) && /,00\d+,/.test(text(files)),
  blankLines: (files) => /\n\n/.test(text(files)),
  boundaryValues: (files) => /,2147483647,0.01,/.test(text(files)) && /,1,9999999999.99,/.test(text(files)),
  lateUpdates: (files) => /2023-03-16,.*(?:Refunded|Completed)/.test(text(files.slice(2))),
  outOfOrderUpdates: (files) => lines(files.slice(3)).some((line) => /2023-03-15,.*Pending/.test(line)),
  statusRegressions: (files) => /2023-03-1[0-4],/.test(text(files)),
  repeatsInFile: (files) => linesThatComeTwice(files.slice(0, 1)) > 1,
  repeatsAcrossFiles: (files) => linesThatComeTwice(files) > 4 && idsThatComeTwice(files[0]!) === 0,
  amendmentsInFile: (files) => idsThatComeTwice(files[0]!) > 1 && linesThatComeTwice(files.slice(0, 1)) === 0,
  amendmentsAcrossFiles: (files) => idsThatComeTwice(files[0]!) === 0 && lines(files).length > 4,
  redeliveredFiles: ([first, again]) => /_again\.csv$/.test(again!.key) && again!.bytes.equals(first!.bytes),
  correctedFiles: ([first, corrected]) =>
    /_corrected\.csv$/.test(corrected!.key) &&
    corrected!.modified > first!.modified &&
    !corrected!.bytes.equals(first!.bytes),
  byteOrderMarkFiles: ([first]) => first!.bytes.subarray(0, 3).equals(Buffer.from('\ufeff')),
  crlfFiles: ([first]) => text([first!]).split('\r\n').length > 100,
  crFiles: ([first]) => text([first!]).split('\r').length > 100 && !text([first!]).includes('\n'),
  gzipFiles: ([first]) => /\.csv\.gz$/.test(first!.key) && first!.bytes.readUInt16BE(0) === 0x1f8b,
  unusualHeaderFiles: ([first]) => /note\n/.test(text([first!])) && /"Ring twice\nthen wait"/.test(text([first!])),
  missingFinalLineBreakFiles: ([first]) => first!.bytes.at(-1) !== 10,
};

describe('an oddity planted alone is seen in the files and rejects nothing', () => {
  test.each(Object.entries(signsByKnob))('%s', async (knob, isSeen) => {
    const share = knob.endsWith('Files') ? 1 : 0.3;

    const { files, expected } = await generateWith({ [knob]: share });

    expect(isSeen(files)).toBe(true);
    expect(expected.rejected).toBe(0);
  });
});

test('a compound fault earns several codes in one row', async () => {
  const { expected } = await generateWith({
    quantityZero: 0.2,
    priceNegative: 0.2,
    dateNotADate: 0.2,
    compoundFaults: 1,
  });

  const codes = Object.values(expected.rejects_by_code).reduce((sum, count) => sum + count, 0);
  expect(codes).toBeGreaterThan(expected.rejected * 1.3);
});

test('a corrected file mends rows that were rejected', async () => {
  const { expected } = await generateWith({ quantityZero: 0.2, correctedFiles: 1, correctedRows: 0.1 });

  const [first, corrected] = Object.values(expected.files);
  expect(corrected!.read).toBe(first!.read);
  expect(corrected!.rejected).toBeLessThan(first!.rejected);
});

test('every knob has a test of its own', () => {
  const tested = [...Object.keys(codesByKnob), ...Object.keys(signsByKnob), 'compoundFaults', 'correctedRows'];

  expect(tested.sort()).toEqual(Object.keys(faultProfiles.none).sort());
});

test('without faults nothing is rejected and a transaction comes once in a file', async () => {
  const { files, expected } = await generateWith({});

  expect(expected).toMatchObject({ rejected: 0, rejects_by_code: {} });
  for (const file of files) expect(idsThatComeTwice(file)).toBe(0);
});
