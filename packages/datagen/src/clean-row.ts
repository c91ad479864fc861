import type { DateBytes } from './calendar.ts';
import { type Identifier, transactionIdentifier } from './identifier.ts';
import { paymentTypes, statuses } from './lifecycle.ts';
import { putCents, putInteger } from './put-number.ts';
import type { TransactionRow } from './transaction-row.ts';

const COMMA = 44;

/** What turns the numbers of a row into text. */
export interface RowTexts {
  readonly customers: Identifier;
  readonly products: Identifier;
  readonly dates: DateBytes;
  /** Day number since 1970 of the first generated day. */
  readonly firstDay: number;
}

const ENDINGS = paymentTypes.flatMap((payment) => statuses.map((status) => Buffer.from(`,${payment},${status}`)));

/** Writes a row without oddities and without its line break at `at`; returns the position behind it. */
export function putCleanRow(out: Uint8Array, at: number, row: TransactionRow, texts: RowTexts): number {
  let to = transactionIdentifier.put(out, at, row.index);
  out[to++] = COMMA;
  to = texts.customers.put(out, to, row.customer);
  out[to++] = COMMA;
  to = texts.products.put(out, to, row.product);
  out[to++] = COMMA;
  to = putInteger(out, to, row.quantity);
  out[to++] = COMMA;
  to = putCents(out, to, row.cents);
  out[to++] = COMMA;
  to = texts.dates.put(out, to, texts.firstDay + row.date);
  const ending = ENDINGS[row.payment * statuses.length + row.status] as Buffer;
  for (let i = 0; i < ending.length; i++) out[to++] = ending[i] as number;
  return to;
}
