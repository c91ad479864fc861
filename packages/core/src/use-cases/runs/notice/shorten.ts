import { printable } from '../../../text/printable.ts';

/** A text of others on one line, cut to so many characters in the middle: both ends of a path tell something. */
export function shorten(text: string, most: number): string {
  const characters = [...printable(text)];
  if (characters.length <= most) return characters.join('');
  const end = Math.ceil((most - 3) / 2);
  return `${characters.slice(0, most - 3 - end).join('')}...${characters.slice(-end).join('')}`;
}

/** A message of others, which may have several lines, as a sentence on one. */
export function toSentence(text: string, most: number): string {
  return shorten(text.replace(/\s+/g, ' ').trim(), most);
}
