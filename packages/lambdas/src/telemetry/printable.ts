const LONGEST = 2000;

/**
 * Names come from files of others: control characters, line and paragraph marks and those that turn the direction of text
 * are written as their number, so that nobody forges a line of a log; and what is long is cut.
 */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}
