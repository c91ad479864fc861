/** Compares by what JSON shows: the values are plain, and the comparison must be fast. */
export function requireSame(message: string, given: unknown, wanted: unknown): void {
  const [is, should] = [JSON.stringify(given), JSON.stringify(wanted)];
  if (is !== should) throw new Error(`${message}\n  given  ${is}\n  wanted ${should}`);
}
