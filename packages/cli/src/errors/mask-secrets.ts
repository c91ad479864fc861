/** Hides passwords inside of URLs. A password may hold an unescaped `@`: everything up to the last one is hidden. */
export function maskSecrets(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):\S*@/gi, '$1:***@')
    .replace(/((?:\b|ssl)password=)[^&\s"']*/gi, '$1***');
}
