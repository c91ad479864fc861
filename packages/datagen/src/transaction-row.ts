/** What one delivered row says, in numbers. Mutable and reused: an object per row would cost more than its bytes. */
export class TransactionRow {
  /** Of the transaction. */
  index = 0;
  hash = 0;
  /** Place among the rows of its transaction. */
  place = 0;
  customer = 0;
  product = 0;
  unknownCustomer = false;
  unknownProduct = false;
  quantity = 0;
  cents = 0;
  /** Counted from the first generated day. */
  date = 0;
  payment = 0;
  status = 0;
}
