/** One word of a command for bash, whatever it holds: keys come from outside. */
export function quoteForShell(text: string): string {
  if (/^[\w./=:@%+,-]+$/.test(text)) return text;
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text.replace(/[\\']/g, '\\$&').replace(/\p{Cc}/gu, (character) => {
    return `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`;
  });
  return `$'${escaped}'`;
}
