export function median(numbers: readonly number[]): number {
  if (numbers.length === 0) throw new Error('the median of nothing was asked for');
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
