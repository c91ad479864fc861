/**
 * Every rule that a row can break, in the order in which faults are reported. The place in this list is the bit of the
 * fault in a mask, so that a row's verdict is one integer.
 */
export const FAULTS = [
  { code: 'row-field-count', column: '', message: 'the record has not as many fields as the header' },
  { code: 'row-quoting', column: '', message: 'a quote is not closed, or stands inside an unquoted field' },
  { code: 'row-encoding', column: '', message: 'the record is not valid UTF-8, or holds a NUL byte' },
  { code: 'row-too-long', column: '', message: 'the record is longer than the limit' },
  { code: 'transaction-id-blank', column: 'transaction_id', message: 'the transaction id is empty' },
  { code: 'transaction-id-too-long', column: 'transaction_id', message: 'the transaction id is longer than 64 bytes' },
  { code: 'customer-id-blank', column: 'customer_id', message: 'the customer id is empty' },
  { code: 'customer-id-too-long', column: 'customer_id', message: 'the customer id is longer than 64 bytes' },
  { code: 'product-id-blank', column: 'product_id', message: 'the product id is empty' },
  { code: 'product-id-too-long', column: 'product_id', message: 'the product id is longer than 64 bytes' },
  { code: 'quantity-not-an-integer', column: 'quantity', message: 'the quantity is not a whole number' },
  { code: 'quantity-not-positive', column: 'quantity', message: 'the quantity is not above 0' },
  { code: 'quantity-too-large', column: 'quantity', message: 'the quantity is above 2147483647' },
  { code: 'price-not-a-decimal', column: 'price', message: 'the price is not a plain decimal number' },
  { code: 'price-negative', column: 'price', message: 'the price is below 0' },
  { code: 'price-too-many-decimals', column: 'price', message: 'the price has more than 2 digits after the point' },
  { code: 'price-too-large', column: 'price', message: 'the price has more than 10 digits before the point' },
  { code: 'date-not-a-date', column: 'transaction_date', message: 'the date is not a calendar day as YYYY-MM-DD' },
  {
    code: 'date-after-file-day',
    column: 'transaction_date',
    message: 'the date is more than one day after the day of the file',
  },
  { code: 'payment-type-unknown', column: 'payment_type', message: 'the payment type is not in the list' },
  { code: 'status-unknown', column: 'status', message: 'the status is not in the list' },
  {
    code: 'total-too-large',
    column: 'total_amount',
    message: 'quantity x price has more than 16 digits before the point',
  },
  { code: 'product-unknown', column: 'product_id', message: 'the product id is not in dim_products' },
  { code: 'customer-unknown', column: 'customer_id', message: 'the customer id is not in dim_customers' },
] as const;

export type FaultCode = (typeof FAULTS)[number]['code'];

export interface Fault {
  readonly code: FaultCode;
  /** The column that the rule is about; empty where it is about the whole record. */
  readonly column: string;
  readonly message: string;
}

/** A set of faults, one bit each; 0 is a row without fault. */
export type FaultMask = number;

/** The mask of one fault. */
export function faultBit(code: FaultCode): FaultMask {
  return 1 << FAULTS.findIndex((fault) => fault.code === code);
}

/** The faults of a mask, in the order of `FAULTS`. */
export function faultsOf(mask: FaultMask): readonly Fault[] {
  return FAULTS.filter((_, place) => (mask & (1 << place)) !== 0);
}
