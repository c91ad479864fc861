import type { FaultCode } from '@weir/core';
import { contentOf, type Delivery, hashOf, type PlacedRow, placeRows } from './delivery.ts';
import { type ModelVersion, versionOf } from './model-version.ts';
import { SHOP_CUSTOMERS, SHOP_PRODUCTS } from './shop-words.ts';

/** What the rules make of a delivery on its own: a function of it and the policy. */
export interface JudgedDelivery {
  readonly key: string;
  readonly contentHash: string;
  readonly status: 'loaded' | 'empty' | 'refused';
  readonly read: number;
  /** Empty where the file is refused. */
  readonly rows: readonly GoodRow[];
  readonly rejects: readonly BadRow[];
}

export interface GoodRow {
  readonly id: string;
  /** What would be stored of it, without its version. */
  readonly content: Readonly<Record<string, string | number>>;
  readonly version: ModelVersion;
}

export interface BadRow {
  readonly line: number;
  readonly text: string;
  readonly codes: readonly FaultCode[];
}

export interface ModelPolicy {
  readonly terminalStatuses: readonly string[];
  readonly maxRejectRate: number;
  readonly decisions: 'all' | 'changes' | 'none';
}

export function judgeDelivery(delivery: Delivery, policy: ModelPolicy): JudgedDelivery {
  const { key } = delivery;
  const contentHash = hashOf(contentOf(delivery));
  const nothing = { key, contentHash, rows: [], rejects: [] };
  if (delivery.special === 'strange-header') return { ...nothing, status: 'refused', read: 0 };

  const placed = placeRows(delivery).map((row) => ({ row, codes: faultsOf(row, key) }));
  const read = placed.length;
  if (read === 0) return { ...nothing, status: 'empty', read };
  const rejects = placed.filter(({ codes }) => codes.length > 0);
  if (rejects.length / read > policy.maxRejectRate) return { ...nothing, status: 'refused', read };
  return {
    key,
    contentHash,
    status: 'loaded',
    read,
    rows: placed
      .filter(({ codes }) => codes.length === 0)
      .map(({ row }) => ({
        id: row.row.transaction.value,
        content: enrich(row),
        version: versionOf(row, delivery, policy),
      })),
    rejects: rejects.map(({ row: { line, text }, codes }) => ({ line, text, codes })),
  };
}

function faultsOf({ row }: PlacedRow, key: string): readonly FaultCode[] {
  const { isAfterBlank: _, ...words } = row;
  const faults = Object.values(words).flatMap(({ fault }) => fault ?? []);
  const hiveDay = /year=(\d{4})\/month=(\d{2})\/day=(\d{2})\//.exec(key)?.slice(1).join('-');
  const isLate = hiveDay !== undefined && row.date.fault === undefined && row.date.value > nextDay(hiveDay);
  return isLate ? [...faults, 'date-after-file-day'] : faults;
}

function enrich({ row }: PlacedRow): GoodRow['content'] {
  const total = BigInt(row.quantity.value) * BigInt(row.price.value.replace('.', ''));
  return {
    transaction_id: row.transaction.value,
    customer_id: row.customer.value,
    product_id: row.product.value,
    quantity: Number(row.quantity.value),
    price: row.price.value,
    transaction_date: row.date.value,
    payment_type: row.payment.value,
    status: row.status.value,
    total_amount: `${total / 100n}.${String(total % 100n).padStart(2, '0')}`,
    amount_class: total < 10_000n ? 'Small' : total < 50_000n ? 'Medium' : 'Large',
    ...SHOP_PRODUCTS[row.product.value]!,
    membership_level: SHOP_CUSTOMERS[row.customer.value]!,
  };
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
