import type { UpsertVerdict } from './verdict.ts';
import { compareVersions, type Version, type VersionField } from './version.ts';

export interface UpsertDecision {
  readonly verdict: UpsertVerdict;
  /** True where the stored version moves on although the content stays: else the result would depend on the order. */
  readonly advancesVersion: boolean;
  /** The version field that decided against the stored row; undefined for `inserted` and for equal versions. */
  readonly decidedBy: VersionField | undefined;
}

/** The upsert rule: a stored row is replaced exactly when the incoming version is greater. */
export function decideUpsert(stored: Version | undefined, incoming: Version, hasEqualContent: boolean): UpsertDecision {
  if (stored === undefined) return { verdict: 'inserted', advancesVersion: true, decidedBy: undefined };
  const { order, decidedBy } = compareVersions(incoming, stored);
  if (order > 0) return { verdict: hasEqualContent ? 'unchanged' : 'updated', advancesVersion: true, decidedBy };
  return { verdict: order === 0 ? 'unchanged' : 'stale', advancesVersion: false, decidedBy };
}

/** The columns whose values are the content of a fact; two rows that agree in them say the same. */
export const CONTENT_COLUMNS = [
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
  'total_amount',
  'amount_class',
  'product_name',
  'category',
  'supplier_id',
  'list_price',
  'membership_level',
] as const;
