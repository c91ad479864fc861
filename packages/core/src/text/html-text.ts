import { printable } from './printable.ts';

/** A value as text of an HTML page, or of an attribute in quotes: it cannot become markup, whatever it holds. */
export function htmlText(value: string): string {
  return printable(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
