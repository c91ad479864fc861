import { scatter } from './random.ts';

const SECOND = 0x5bd1e995;

/** Twelve hexadecimal digits, in no order. */
export function transactionId(index: number): string {
  const low = scatter(index ^ SECOND) & 0xffff;
  return scatter(index).toString(16).padStart(8, '0') + low.toString(16).padStart(4, '0');
}

export function customerId(index: number): string {
  return scatter(index + 0x10000000)
    .toString(36)
    .padStart(7, '0');
}

export function productId(index: number): string {
  return scatter(index + 0x20000000)
    .toString(36)
    .padStart(7, '0')
    .toUpperCase();
}
