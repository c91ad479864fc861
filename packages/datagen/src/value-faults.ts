import type { Draws } from './draw.ts';
import type { ValueKnob } from './row-knobs.ts';

/** Places of the columns in the usual header. */
export const TRANSACTION = 0;
export const CUSTOMER = 1;
export const PRODUCT = 2;
export const QUANTITY = 3;
export const PRICE = 4;
export const DATE = 5;
export const PAYMENT = 6;
export const STATUS = 7;

/** A way to spoil values: which columns it takes for itself, the codes it earns, and the text it leaves. */
export interface ValueFault {
  readonly columns: readonly number[];
  readonly codes: readonly string[];
  /** New text for each of the columns. `dayText` tells the date a number of days after the file's day. */
  readonly texts: (draws: Draws, dayText: (days: number) => string) => readonly string[];
}

const BLANKS = ['', '', ' ', '\t '];
const NO_INTEGERS = ['2.5', 'two', '1e3', '', '1 000', '0x10', '3x', '--1', '１'];
const NO_DECIMALS = ['$9.99', '9,99', '1e2', '', 'n/a', '.5', '5.', '1,299.00', '12.3.4', 'NaN', '9.99 EUR'];
const NO_DATES = ['2023-02-30', '2023-13-01', '15/03/2023', '20230315', '2023-3-5', '', '2023-03-15T10:00:00Z', 'n/a'];
const NO_PAYMENTS = ['Bitcoin', 'CreditCard', 'Cheque', '', 'PayPal!', 'Visa', 'Überweisung'];
const NO_STATUSES = ['Shipped', 'Complete', '', 'pending?', 'REFUND', 'OK'];
/** The largest price that still has a legal form; eleven digits are one too many for the digits kept. */
const TOO_LARGE_PRICES = ['10000000000.00', '12345678901.5', '99999999999'];

export const valueFaults: Readonly<Record<ValueKnob, ValueFault>> = {
  blankTransactionIds: fault(TRANSACTION, 'transaction-id-blank', (draws) => draws.pick(BLANKS)),
  blankCustomerIds: fault(CUSTOMER, 'customer-id-blank', (draws) => draws.pick(BLANKS)),
  blankProductIds: fault(PRODUCT, 'product-id-blank', (draws) => draws.pick(BLANKS)),
  longTransactionIds: fault(TRANSACTION, 'transaction-id-too-long', (draws) => longId('T', draws)),
  longCustomerIds: {
    columns: [CUSTOMER],
    codes: ['customer-id-too-long', 'customer-unknown'],
    texts: (draws) => [longId('C', draws)],
  },
  longProductIds: {
    columns: [PRODUCT],
    codes: ['product-id-too-long', 'product-unknown'],
    texts: (draws) => [longId('P', draws)],
  },
  quantityNotAnInteger: fault(QUANTITY, 'quantity-not-an-integer', (draws) => draws.pick(NO_INTEGERS)),
  quantityZero: fault(QUANTITY, 'quantity-not-positive', (draws) => draws.pick(['0', '0', '00', '-0'])),
  quantityNegative: fault(QUANTITY, 'quantity-not-positive', (draws) => `-${1 + draws.below(24)}`),
  quantityTooLarge: fault(QUANTITY, 'quantity-too-large', (draws) =>
    draws.pick(['2147483648', '4294967297', '9999999999']),
  ),
  priceNotADecimal: fault(PRICE, 'price-not-a-decimal', (draws) => draws.pick(NO_DECIMALS)),
  priceNegative: fault(PRICE, 'price-negative', (draws) => `-${draws.below(200)}.${10 + draws.below(90)}`),
  priceTooManyDecimals: fault(
    PRICE,
    'price-too-many-decimals',
    (draws) => `${draws.below(200)}.${100 + draws.below(900)}`,
  ),
  priceTooLarge: fault(PRICE, 'price-too-large', (draws) => draws.pick(TOO_LARGE_PRICES)),
  dateNotADate: fault(DATE, 'date-not-a-date', (draws) => draws.pick(NO_DATES)),
  // Two days after is the first day too late.
  dateAfterFileDay: fault(DATE, 'date-after-file-day', (draws, dayText) => dayText(draws.pick([2, 2, 3, 31, 365]))),
  unknownPaymentTypes: fault(PAYMENT, 'payment-type-unknown', (draws) => draws.pick(NO_PAYMENTS)),
  unknownStatuses: fault(STATUS, 'status-unknown', (draws) => draws.pick(NO_STATUSES)),
  totalTooLarge: {
    columns: [QUANTITY, PRICE],
    codes: ['total-too-large'],
    texts: (draws) => [String(1_000_001 + draws.below(1_000_000)), draws.pick(['9999999999.99', '9999999999'])],
  },
};

function fault(
  column: number,
  code: string,
  text: (draws: Draws, dayText: (days: number) => string) => string,
): ValueFault {
  return { columns: [column], codes: [code], texts: (draws, dayText) => [text(draws, dayText)] };
}

/** 65 bytes is one too many; the second form is short in characters and too long in bytes. */
function longId(letter: string, draws: Draws): string {
  return draws.below(2) === 0 ? letter + String(draws.below(10)).repeat(64 + draws.below(40)) : letter + 'é'.repeat(32);
}
