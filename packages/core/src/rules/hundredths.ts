/** An amount in hundredths as digits with two places. */
export function formatHundredths(hundredths: bigint): string {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The hundredths of digits with at most two after the point; a float near them where they are above 2^53. */
export function parseHundredths(amount: string): number {
  const [whole, decimals = ''] = amount.split('.');
  return Number(whole! + decimals.padEnd(2, '0'));
}
