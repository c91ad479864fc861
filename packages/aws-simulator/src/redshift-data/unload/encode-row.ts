import type { UnloadCommand } from '../sql/parse-unload.ts';

/** Writes a row as UNLOAD does, with its line feed. */
export function encodeRow(unload: UnloadCommand): (fields: readonly (string | null)[]) => string {
  const { delimiter, escapes, addsQuotes, nullText } = unload;
  const special = new Set(['\\', '\n', '\r', delimiter, ...(addsQuotes ? ['"'] : [])]);
  const encodeField = (field: string | null): string => {
    if (field === null) return nullText;
    const text = escapes ? escapeText(field, special) : field;
    return addsQuotes ? `"${text}"` : text;
  };
  return (fields) => `${fields.map(encodeField).join(delimiter)}\n`;
}

function escapeText(field: string, special: ReadonlySet<string>): string {
  let escaped = '';
  for (const character of field) escaped += special.has(character) ? `\\${character}` : character;
  return escaped;
}
