import * as z from 'zod';

/** What is missing is blank, as in a file; numbers are taken as their digits. */
const value = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((given) => (given === null || given === undefined ? '' : String(given)));

/** A transaction as an object, its values as text. What it does not know is left out. */
export const transactionText = z.object({
  transaction_id: value,
  customer_id: value,
  product_id: value,
  quantity: value,
  price: value,
  transaction_date: value,
  payment_type: value,
  status: value,
});
