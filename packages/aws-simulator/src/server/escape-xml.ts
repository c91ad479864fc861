/** Escaped so that a parser reads back every character, line breaks included. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]|\p{Cc}/gu, (character) => `&#${character.charCodeAt(0)};`);
}
