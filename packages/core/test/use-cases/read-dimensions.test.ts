import { describe, expect, test } from '@jest/globals';
import { DimensionIndex, type DimensionIndexOptions } from '../../src/staging/dimension-index.ts';
import { InMemoryDimensionCatalog } from '../../src/testing/index.ts';
import { readDimensions } from '../../src/use-cases/read-dimensions.ts';

describe('dimensions', () => {
  test('are taken as a place gives them that puts them into an index itself, products first', async () => {
    const asked: [string, DimensionIndexOptions][] = [];
    const index = async (dimension: string, options: DimensionIndexOptions) => {
      asked.push([dimension, options]);
      return new DimensionIndex();
    };
    const { products } = await readDimensions({ index }, { shared: true, maxDimensionBytes: 9 });
    expect(asked).toMatchObject([
      ['products', { shared: true, maxBytes: 9, takenBytes: 0 }],
      ['customers', { shared: true, maxBytes: 9, takenBytes: products.bytes }],
    ]);
  });

  test('that are empty are warned of', async () => {
    expect((await readDimensions(new InMemoryDimensionCatalog())).warnings).toEqual([
      'dim_products is empty: every row is rejected as product-unknown',
      'dim_customers is empty: every row is rejected as customer-unknown',
    ]);
  });
});
