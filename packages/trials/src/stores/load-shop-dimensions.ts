import { type DimensionCatalog, encodeStagedLine } from '@weir/core';
import { SHOP_CUSTOMERS, SHOP_PRODUCTS } from '../model/shop-words.ts';

export async function loadShopDimensions(dimensions: DimensionCatalog): Promise<void> {
  const products = Object.entries(SHOP_PRODUCTS).map(([id, { product_name, category, list_price, supplier_id }]) => [
    id,
    product_name,
    category,
    list_price,
    supplier_id,
  ]);
  const customers = Object.entries(SHOP_CUSTOMERS).map(([id, level]) => [id, 'First', 'Last', 'a@example.org', level]);
  await dimensions.load([
    { dimension: 'products', rows: lines(products) },
    { dimension: 'customers', rows: lines(customers) },
  ]);
}

async function* lines(rows: readonly (readonly string[])[]): AsyncGenerator<Uint8Array> {
  for (const row of rows) yield encodeStagedLine(row);
}
