import type { FaultCode } from '@weir/core';

/** One way to write a value: the text in the file, and what the rules make of it. */
export interface Word {
  readonly text: string;
  /** As it is stored. */
  readonly value: string;
  readonly fault?: FaultCode;
}

const good = (...texts: readonly string[]): readonly Word[] => texts.map((text) => ({ text, value: text }));
const written = (text: string, value: string): Word => ({ text, value });
const bad = (text: string, fault: FaultCode): Word => ({ text, value: text, fault });

/** Few values each, so that rows meet and often say the same. */
export const TRANSACTIONS = good('T-1', 'T-1', 'T-2', 'é');
export const CUSTOMERS = [...good('C-1', 'C-1', 'C-2'), bad('C-9', 'customer-unknown')];
export const PRODUCTS = [...good('P-1', 'P-1', 'P-2'), bad('P-9', 'product-unknown')];
export const QUANTITIES = [...good('1', '1', '2'), written('+1', '1'), bad('0', 'quantity-not-positive')];
export const PRICES = [written('10', '10.00'), ...good('10.00', '250.00'), bad('1e3', 'price-not-a-decimal')];
export const DATES = [...good('2023-03-14', '2023-03-15'), bad('2023-02-29', 'date-not-a-date')];
export const PAYMENTS = [...good('Cash'), written(' cash', 'Cash'), bad('Shells', 'payment-type-unknown')];
export const STATUSES = [
  ...good('Pending', 'Completed', 'Cancelled', 'Refunded'),
  written('completed', 'Completed'),
  bad('Lost', 'status-unknown'),
];

/** Lowest first. */
export const LIFECYCLE = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'];

/** What a known product or customer adds to a fact. */
export const SHOP_PRODUCTS: Readonly<Record<string, ShopProduct>> = {
  'P-1': { product_name: 'Kettle', category: 'Kitchen', supplier_id: 'S-1', list_price: '21.50' },
  'P-2': { product_name: 'Mug', category: 'Kitchen', supplier_id: 'S-2', list_price: '4.00' },
};
export const SHOP_CUSTOMERS: Readonly<Record<string, string>> = { 'C-1': 'Gold', 'C-2': 'Silver' };

interface ShopProduct {
  readonly product_name: string;
  readonly category: string;
  readonly supplier_id: string;
  readonly list_price: string;
}
