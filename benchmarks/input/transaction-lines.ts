import { customerId, productId, transactionId } from './ids.ts';
import { COLUMNS, plantFault } from './planted-faults.ts';
import { Random } from './random.ts';

export interface TransactionOptions {
  readonly rows: number;
  /** Where the ids begin: files whose ranges overlap tell of the same transactions. */
  readonly firstId: number;
  /** The last day a row may have, `YYYY-MM-DD`. */
  readonly day: string;
  /** Days before it that a row may have. */
  readonly daysBack: number;
  readonly statuses: readonly string[];
  readonly rejectShare: number;
  readonly isAllQuoted: boolean;
  readonly products: number;
  readonly customers: number;
}

const PAYMENT_TYPES = ['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash'];
const DOUBLED_SHARE = 0.01;
const QUOTED_SHARE = 0.01;
/** Rows whose values are right but not written as most are: blanks around them, other case, a sign, leading zeros. */
const UNUSUAL_SHARE = 0.01;

export function* transactionLines(options: TransactionOptions): Generator<string> {
  const random = new Random(options.firstId + options.rows + 3);
  const days = daysUntil(options.day, options.daysBack);
  yield COLUMNS.join(',');
  for (let i = 0; i < options.rows; i++) {
    const row = cleanRow(i, options, days, random);
    if (random.chance(UNUSUAL_SHARE)) dressUnusually(row, random);
    if (random.chance(options.rejectShare)) plantFault(row, random);
    if (options.isAllQuoted || random.chance(QUOTED_SHARE)) yield row.map(quote).join(',');
    else yield row.map(quoteIfNeeded).join(',');
  }
}

function cleanRow(i: number, options: TransactionOptions, days: readonly string[], random: Random): string[] {
  const isDoubled = i > 0 && random.chance(DOUBLED_SHARE);
  return [
    transactionId(options.firstId + (isDoubled ? random.below(i) : i)),
    customerId(random.below(options.customers)),
    productId(random.below(options.products)),
    String(1 + random.below(9)),
    drawPrice(random),
    random.oneOf(days),
    random.oneOf(PAYMENT_TYPES),
    random.oneOf(options.statuses),
  ];
}

/** Most with two decimals, one in ten with none, one in ten with one. */
function drawPrice(random: Random): string {
  const kind = random.below(10);
  if (kind === 0) return String(1 + random.below(300));
  if (kind === 1) return `${random.below(500)}.${random.below(10)}`;
  return `${random.below(500)}.${String(random.below(100)).padStart(2, '0')}`;
}

function dressUnusually(row: string[], random: Random): void {
  const place = random.below(row.length);
  const value = row[place]!;
  if (place >= 6) row[place] = random.chance(0.5) ? value.toLowerCase() : value.replace(' ', '   ').toUpperCase();
  else if (place === 3 || place === 4) row[place] = random.chance(0.5) ? `+${value}` : `00${value}`;
  else row[place] = random.chance(0.5) ? `  ${value}` : `${value} \t`;
}

function daysUntil(last: string, back: number): string[] {
  const end = Date.parse(last);
  return Array.from({ length: back + 1 }, (_, i) => new Date(end - i * 86_400_000).toISOString().slice(0, 10));
}

function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function quoteIfNeeded(value: string): string {
  return value.includes(',') ? quote(value) : value;
}
