/** Cuts out the middle: of a path, the beginning and the name at the end tell most. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.ceil((most - 1) * 0.7);
  return `${text.slice(0, most - 1 - end)}…${text.slice(text.length - end)}`;
}
