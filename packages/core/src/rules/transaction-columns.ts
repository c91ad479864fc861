/** The columns of a transaction file. The place of a column in this list is its slot. */
export const TRANSACTION_COLUMNS = [
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
] as const;

export type TransactionColumn = (typeof TRANSACTION_COLUMNS)[number];

export const SLOT = {
  transactionId: 0,
  customerId: 1,
  productId: 2,
  quantity: 3,
  price: 4,
  transactionDate: 5,
  paymentType: 6,
  status: 7,
} as const;
