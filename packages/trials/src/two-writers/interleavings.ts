/** Every way in which two lists can be merged without changing the order within either; there are (n+m)! / n! m! of them. */
export function* interleavings<Step>(ones: readonly Step[], others: readonly Step[]): Generator<readonly Step[]> {
  if (ones.length === 0 || others.length === 0) {
    yield [...ones, ...others];
    return;
  }
  for (const rest of interleavings(ones.slice(1), others)) yield [ones[0]!, ...rest];
  for (const rest of interleavings(ones, others.slice(1))) yield [others[0]!, ...rest];
}
