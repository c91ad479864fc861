/** A name of a user, a database or a schema that stays a name, whatever it holds. */
export function quoteName(name: string): string {
  if (name === '' || name.includes('\0')) throw new RangeError('This cannot be a name in SQL.');
  return `"${name.replaceAll('"', '""')}"`;
}
