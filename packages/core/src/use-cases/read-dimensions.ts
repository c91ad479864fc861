import type { DimensionCatalog } from '../ports/dimension-catalog.port.ts';
import { buildDimensionIndex } from '../staging/build-dimension-index.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';

export interface Dimensions {
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  /** What somebody should look at, in words. */
  readonly warnings: readonly string[];
}

/** Both dimensions as rows are joined to them. */
export async function readDimensions(catalog: Pick<DimensionCatalog, 'read'>): Promise<Dimensions> {
  const products = await buildDimensionIndex(catalog.read('products'));
  const customers = await buildDimensionIndex(catalog.read('customers'));
  return {
    products,
    customers,
    warnings: warnOfEmptyDimensions({ products: products.size, customers: customers.size }),
  };
}

/** @param rows number of rows of each dimension */
export function warnOfEmptyDimensions({
  products,
  customers,
}: Readonly<Record<'products' | 'customers', number>>): readonly string[] {
  return [
    ...(products === 0 ? ['dim_products is empty: every row is rejected as product-unknown'] : []),
    ...(customers === 0 ? ['dim_customers is empty: every row is rejected as customer-unknown'] : []),
  ];
}
