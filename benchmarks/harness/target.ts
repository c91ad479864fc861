/** What issue of a comparison was wanted. */
export interface Target {
  readonly what: string;
  readonly value: number;
  readonly bound: 'at least' | 'at most' | 'under';
  readonly limit: number;
  /** Behind both numbers: `x` of a ratio, `ms`, `s`. */
  readonly unit: string;
}

export function isReached({ value, bound, limit }: Target): boolean {
  if (bound === 'at least') return value >= limit;
  return bound === 'at most' ? value <= limit : value < limit;
}

/** A ratio with as many digits as tell it from its limit. */
export function showValue({ value, unit }: Pick<Target, 'value' | 'unit'>): string {
  const digits = unit === 'ms' ? 0 : value < 0.2 ? 3 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
