import type { DimensionName } from '@weir/core';

/** Which dimension a file is of, by its name: `products.csv`, `customers.csv.gz`, in whatever folder. */
export function dimensionOf(key: string): DimensionName | undefined {
  const [, name] = /(?:^|\/)(products|customers)\.csv(?:\.gz)?$/i.exec(key) ?? [];
  return name?.toLowerCase() as DimensionName | undefined;
}
