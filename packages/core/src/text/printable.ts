/**
 * A text of others on one line, for terminals, logs and mails: whatever could break the line, hide in it, turn its direction or
 * steer a terminal is written as its number.
 */
export function printable(text: string): string {
  return text.replace(STEERS, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/**
 * JSON on one line that is as harmless to look at: what `printable` writes as its number is escaped as JSON does, so that whoever
 * parses it gets the very value.
 */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(STEERS, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}

/** Control and format characters, halves of characters, line and paragraph marks. */
const STEERS = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u2065]/gu;
