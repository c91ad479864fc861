/** Whether a database can hold the text as it is: without NUL and halves of characters. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The text without what no database takes (NUL and halves of characters), cut at a character so that it fits. */
export function clipText(text: string, bytes: number): string {
  const storable = text.replaceAll('\0', '\u{fffd}').toWellFormed();
  const encoded = new TextEncoder().encode(storable);
  if (encoded.length <= bytes) return storable;
  let end = bytes;
  while (end > 0 && (encoded[end]! & 0xc0) === 0x80) end--;
  return new TextDecoder().decode(encoded.subarray(0, end));
}
