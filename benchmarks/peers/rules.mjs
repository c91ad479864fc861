/** What the peers in Node share: the names of docs/rules.md. */
export const COLUMNS = [
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
];

export const PAYMENT_TYPES = ['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash'];

/** Lowest rank first; the first has rank 1. */
export const STATUSES = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'];

/** Faults of the values of a row. */
export const CODES = [
  'transaction-id-blank',
  'transaction-id-too-long',
  'customer-id-blank',
  'customer-id-too-long',
  'product-id-blank',
  'product-id-too-long',
  'quantity-not-an-integer',
  'quantity-not-positive',
  'quantity-too-large',
  'price-not-a-decimal',
  'price-negative',
  'price-too-many-decimals',
  'price-too-large',
  'date-not-a-date',
  'date-after-file-day',
  'payment-type-unknown',
  'status-unknown',
  'total-too-large',
  'product-unknown',
  'customer-unknown',
];
