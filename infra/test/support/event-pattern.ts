/** What EventBridge says of a pattern and an event, for the operators that are used here: values and prefixes. */
export function matches(pattern: unknown, event: unknown): boolean {
  return Object.entries(pattern as Record<string, unknown>).every(([key, wanted]) => {
    const found = (event as Record<string, unknown> | undefined)?.[key];
    return Array.isArray(wanted) ? wanted.some((one) => accepts(one, found)) : matches(wanted, found);
  });
}

function accepts(wanted: unknown, found: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === found;
  const [[operator, value], ...more] = Object.entries(wanted);
  if (operator !== 'prefix' || more.length > 0) throw new Error(`The operator ${operator} is not known here.`);
  return typeof found === 'string' && found.startsWith(value);
}
