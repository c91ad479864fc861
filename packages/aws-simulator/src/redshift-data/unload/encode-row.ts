import type { UnloadCommand } from '../sql/parse-unload.ts';

/** Writes a row as UNLOAD does, with its line feed. */
export function encodeRow(unload: UnloadCommand): (fields: readonly (string | null)[]) => string {
  const { delimiter, escapes, addsQuotes, nullText } = unload;
  const special = ['\\', '\n', '\r', delimiter, ...(addsQuotes ? ['"'] : [])];
  const isSpecial = new RegExp(`[${special.map((character) => `\\u${hex(character)}`).join('')}]`, 'g');
  const encodeField = (field: string | null): string => {
    if (field === null) return nullText;
    const text = escapes ? field.replace(isSpecial, '\\$&') : field;
    return addsQuotes ? `"${text}"` : text;
  };
  return (fields) => `${fields.map(encodeField).join(delimiter)}\n`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, '0');
}
