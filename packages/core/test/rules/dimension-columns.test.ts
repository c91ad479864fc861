import { expect, test } from '@jest/globals';
import { DIMENSION_COLUMNS, SNAPSHOT_COLUMNS } from '../../src/rules/dimension-columns.ts';

const told = (dimension: keyof typeof DIMENSION_COLUMNS) =>
  DIMENSION_COLUMNS[dimension].map(({ name, bytes }) => `${name} ${bytes ?? 'DECIMAL(12,2)'}`);

test('a product has these columns, with so many bytes each, its id first', () => {
  expect(told('products')).toEqual([
    'product_id 64',
    'product_name 512',
    'category 128',
    'price DECIMAL(12,2)',
    'supplier_id 64',
  ]);
});

test('a customer has these columns, with so many bytes each, its id first', () => {
  expect(told('customers')).toEqual([
    'customer_id 64',
    'first_name 128',
    'last_name 128',
    'email 320',
    'membership_level 64',
  ]);
});

test('rows are joined to no name and no address of a customer', () => {
  expect(SNAPSHOT_COLUMNS).toEqual({
    products: ['product_id', 'product_name', 'category', 'supplier_id', 'price'],
    customers: ['customer_id', 'membership_level'],
  });
});
