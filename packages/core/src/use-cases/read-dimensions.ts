import type { DimensionCatalog, DimensionName } from '../ports/dimension-catalog.port.ts';
import { buildDimensionIndex } from '../staging/build-dimension-index.ts';
import type { DimensionIndex, DimensionIndexOptions } from '../staging/dimension-index.ts';

export interface Dimensions {
  readonly products: DimensionIndex;
  readonly customers: DimensionIndex;
  /** What somebody should look at, in words. */
  readonly warnings: readonly string[];
}

/** A place of dimensions that can put one into an index by itself. */
export interface DimensionIndexer {
  /** @throws PortError `dimensions.too-large`, and others of its own */
  index(dimension: DimensionName, options: DimensionIndexOptions): Promise<DimensionIndex>;
}

/** What rows can be joined to. */
export type JoinedDimensions = Pick<DimensionCatalog, 'read'> | DimensionIndexer;

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
  catalog: JoinedDimensions,
  { shared, maxDimensionBytes }: ReadDimensionsOptions = {},
): Promise<Dimensions> {
  const read = (dimension: DimensionName, takenBytes: number) =>
    indexOf(catalog, dimension, { dimension, shared, maxBytes: maxDimensionBytes, takenBytes });
  const products = await read('products', 0);
  const customers = await read('customers', products.bytes);
  return {
    products,
    customers,
    warnings: warnOfEmptyDimensions({ products: products.size, customers: customers.size }),
  };
}

function indexOf(
  catalog: JoinedDimensions,
  dimension: DimensionName,
  options: DimensionIndexOptions,
): Promise<DimensionIndex> {
  return 'index' in catalog ? catalog.index(dimension, options) : buildDimensionIndex(catalog.read(dimension), options);
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
