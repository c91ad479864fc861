import type { DimensionCatalog, DimensionName } from '../ports/dimension-catalog.port.ts';
import { buildDimensionIndex } from '../staging/build-dimension-index.ts';
import type { DimensionIndex } from '../staging/dimension-index.ts';

export interface Dimensions {
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  /** What somebody should look at, in words. */
  readonly warnings: readonly string[];
}

export interface ReadDimensionsOptions {
  /** In memory that threads share. */
  readonly shared?: boolean | undefined;
  /** The most bytes that both together may take in memory. */
  readonly maxDimensionBytes?: number | undefined;
}

/**
 * Both dimensions as rows are joined to them.
 *
 * @throws PortError `dimensions.too-large`, and what the catalog throws
 */
export async function readDimensions(
  catalog: Pick<DimensionCatalog, 'read'>,
  { shared, maxDimensionBytes }: ReadDimensionsOptions = {},
): Promise<Dimensions> {
  const read = (dimension: DimensionName, maxBytes: number | undefined) =>
    buildDimensionIndex(catalog.read(dimension), { dimension, shared, maxBytes });
  const products = await read('products', maxDimensionBytes);
  const customers = await read('customers', maxDimensionBytes && maxDimensionBytes - products.bytes);
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
