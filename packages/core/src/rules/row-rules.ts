import type { Policy } from '../policy/policy.ts';
import { classBounds, classifyAmount } from './classify-amount.ts';
import { type FaultMask, faultBit } from './faults.ts';
import { readDate, readDay } from './read-date.ts';
import { readPrice } from './read-price.ts';
import { readQuantity } from './read-quantity.ts';
import { SLOT } from './transaction-columns.ts';
import { WordList } from './word-list.ts';

/** Bytes of UTF-8 that an id may have. */
export const MAX_ID_BYTES = 64;

/** 10^18 hundredths are the first total that DECIMAL(18,2) does not take. */
const TOTAL_LIMIT = 10n ** 18n;

const TRANSACTION_ID_BLANK = faultBit('transaction-id-blank');
const TRANSACTION_ID_TOO_LONG = faultBit('transaction-id-too-long');
const CUSTOMER_ID_BLANK = faultBit('customer-id-blank');
const CUSTOMER_ID_TOO_LONG = faultBit('customer-id-too-long');
const PRODUCT_ID_BLANK = faultBit('product-id-blank');
const PRODUCT_ID_TOO_LONG = faultBit('product-id-too-long');
const DATE_AFTER_FILE_DAY = faultBit('date-after-file-day');
const PAYMENT_TYPE_UNKNOWN = faultBit('payment-type-unknown');
const STATUS_UNKNOWN = faultBit('status-unknown');
const TOTAL_TOO_LARGE = faultBit('total-too-large');

/** Places of the fields of one row in a buffer; slot `s` is `bytes[starts[base + s], ends[base + s])`, trimmed. */
export interface FieldBounds {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * The rules about one row by itself. `check` leaves what it read in the fields below, so that a million rows make no
 * object each; they hold until the next call, and only what has no fault is meaningful.
 */
export class RowRules {
  /** From 1. */
  quantity = 0;
  /** Hundredths; NaN before the first row, so that the field is made for any number. */
  price = Number.NaN;
  /** Hundredths; a float near the exact product where that is above 2^53: `exactTotal` has the digits. */
  total = Number.NaN;
  /** Places in the lists of the policy. */
  paymentType = 0;
  status = 0;
  amountClass = 0;

  private readonly paymentTypes: WordList;
  private readonly statuses: WordList;
  private readonly bounds: Float64Array;
  private readonly lastDay: number;

  /** `fileDay` is the day in the hive path as `YYYY-MM-DD`; without one the date is not held against it. */
  constructor(policy: Policy, fileDay?: string) {
    this.paymentTypes = new WordList(policy.paymentTypes);
    this.statuses = new WordList(policy.statuses);
    this.bounds = classBounds(policy);
    const day = fileDay === undefined ? undefined : readDay(fileDay);
    this.lastDay = (day ?? Number.POSITIVE_INFINITY) + 1;
  }

  /** All faults of one row, dimensions apart. */
  check({ bytes, starts, ends }: FieldBounds, base: number): FaultMask {
    let faults = checkId(
      ends[base + SLOT.transactionId]! - starts[base + SLOT.transactionId]!,
      TRANSACTION_ID_BLANK,
      TRANSACTION_ID_TOO_LONG,
    );
    faults |= checkId(
      ends[base + SLOT.customerId]! - starts[base + SLOT.customerId]!,
      CUSTOMER_ID_BLANK,
      CUSTOMER_ID_TOO_LONG,
    );
    faults |= checkId(
      ends[base + SLOT.productId]! - starts[base + SLOT.productId]!,
      PRODUCT_ID_BLANK,
      PRODUCT_ID_TOO_LONG,
    );

    const quantity = readQuantity(bytes, starts[base + SLOT.quantity]!, ends[base + SLOT.quantity]!);
    const price = readPrice(bytes, starts[base + SLOT.price]!, ends[base + SLOT.price]!);
    if (quantity < 0) faults |= -quantity;
    if (price < 0) faults |= -price;
    if (quantity > 0 && price >= 0) {
      faults |= this.checkTotal(quantity, price);
    }

    const day = readDate(bytes, starts[base + SLOT.transactionDate]!, ends[base + SLOT.transactionDate]!);
    if (day < 0) faults |= -day;
    else if (day > this.lastDay) faults |= DATE_AFTER_FILE_DAY;

    this.paymentType = this.paymentTypes.find(bytes, starts[base + SLOT.paymentType]!, ends[base + SLOT.paymentType]!);
    if (this.paymentType < 0) faults |= PAYMENT_TYPE_UNKNOWN;
    this.status = this.statuses.find(bytes, starts[base + SLOT.status]!, ends[base + SLOT.status]!);
    if (this.status < 0) faults |= STATUS_UNKNOWN;
    return faults;
  }

  private checkTotal(quantity: number, price: number): FaultMask {
    this.quantity = quantity;
    this.price = price;
    this.total = quantity * price;
    this.amountClass = classifyAmount(this.total, this.bounds);
    if (Number.isSafeInteger(this.total)) return 0;
    return exactTotal(quantity, price) < TOTAL_LIMIT ? 0 : TOTAL_TOO_LARGE;
  }
}

/** Quantity x price in hundredths, also above 2^53. */
export function exactTotal(quantity: number, price: number): bigint {
  return BigInt(quantity) * BigInt(price);
}

function checkId(length: number, blank: FaultMask, tooLong: FaultMask): FaultMask {
  return length === 0 ? blank : length > MAX_ID_BYTES ? tooLong : 0;
}
