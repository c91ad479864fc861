import type { Policy } from '../../src/policy/policy.ts';
import type { TransactionText } from '../../src/rules/check-transaction.ts';

/** What the rules of the business say about one row, written in strings and BigInt, slowly and from the page alone. */
export interface ModelOptions {
  readonly policy: Policy;
  readonly fileDay?: string | undefined;
  readonly products?: ReadonlyMap<string, unknown> | undefined;
  readonly customers?: ReadonlyMap<string, unknown> | undefined;
}

export interface ModelVerdict {
  readonly faults: readonly string[];
  /** Undefined where there are faults. */
  readonly row: ModelRow | undefined;
}

export interface ModelRow {
  readonly transaction_id: string;
  readonly customer_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly price: string;
  readonly transaction_date: string;
  readonly payment_type: string;
  readonly status: string;
  readonly status_rank: number;
  readonly total_amount: string;
  readonly amount_class: string;
}

export function judgeRow(given: TransactionText, options: ModelOptions): ModelVerdict {
  const { policy, fileDay, products, customers } = options;
  const row = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, trim(value)])) as TransactionText;
  const faults: string[] = [];
  const fault = (code: string, isBroken: boolean) => {
    if (isBroken) faults.push(code);
  };
  for (const id of ['transaction', 'customer', 'product'] as const) {
    const value = row[`${id}_id`];
    fault(`${id}-id-blank`, value === '');
    fault(`${id}-id-too-long`, Buffer.byteLength(value) > 64);
  }

  const isInteger = /^[+-]?[0-9]+$/.test(row.quantity);
  const quantity = isInteger ? BigInt(row.quantity.replace(/^\+/, '')) : 0n;
  fault('quantity-not-an-integer', !isInteger);
  fault('quantity-not-positive', isInteger && quantity <= 0n);
  fault('quantity-too-large', isInteger && quantity > 2147483647n);
  const hasQuantity = isInteger && quantity > 0n && quantity <= 2147483647n;

  const isDecimal = /^[+-]?[0-9]+(\.[0-9]+)?$/.test(row.price);
  const [whole = '', decimals = ''] = isDecimal ? row.price.replace(/^[+-]/, '').split('.') : [];
  const isZero = /^0*$/.test(whole + decimals);
  const isNegative = isDecimal && row.price.startsWith('-') && !isZero;
  const hasTooManyDecimals = decimals.length > 2;
  const isTooLarge = whole.replace(/^0+/, '').length > 10;
  fault('price-not-a-decimal', !isDecimal);
  fault('price-negative', isNegative);
  fault('price-too-many-decimals', hasTooManyDecimals);
  fault('price-too-large', isTooLarge);
  const hasPrice = isDecimal && !isNegative && !hasTooManyDecimals && !isTooLarge;
  const price = hasPrice ? BigInt(whole + decimals.padEnd(2, '0')) : 0n;

  const isDate = isCalendarDay(row.transaction_date);
  fault('date-not-a-date', !isDate);
  fault('date-after-file-day', isDate && fileDay !== undefined && row.transaction_date > nextDay(fileDay));
  const paymentType = policy.paymentTypes.find((word) => fold(word) === fold(row.payment_type));
  fault('payment-type-unknown', paymentType === undefined);
  const rank = policy.statuses.findIndex((word) => fold(word) === fold(row.status)) + 1;
  fault('status-unknown', rank === 0);

  const total = quantity * price;
  fault('total-too-large', hasQuantity && hasPrice && total >= 10n ** 18n);
  fault('product-unknown', products !== undefined && row.product_id !== '' && !products.has(row.product_id));
  fault('customer-unknown', customers !== undefined && row.customer_id !== '' && !customers.has(row.customer_id));
  if (faults.length > 0) return { faults, row: undefined };

  return {
    faults,
    row: {
      transaction_id: row.transaction_id,
      customer_id: row.customer_id,
      product_id: row.product_id,
      quantity: Number(quantity),
      price: money(price),
      transaction_date: row.transaction_date,
      payment_type: paymentType!,
      status: policy.statuses[rank - 1]!,
      status_rank: rank,
      total_amount: money(total),
      amount_class: policy.amountClasses.find(({ below }) => below === undefined || total < hundredths(below))!.name,
    },
  };
}

function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && (text[start] === ' ' || text[start] === '\t')) start++;
  while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(start, end);
}

function fold(word: string): string {
  return word.split(' ').filter(Boolean).join(' ').toLowerCase();
}

function isCalendarDay(text: string): boolean {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  // In JavaScript `$` without the flag m is the very end; a trailing line break does not match.
  if (match === null || match[1] === '0000') return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function hundredths(amount: string): bigint {
  const [whole = '', decimals = ''] = amount.split('.');
  return BigInt(whole + decimals.padEnd(2, '0'));
}

export function money(value: bigint): string {
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
}
