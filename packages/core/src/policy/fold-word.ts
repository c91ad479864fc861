/** The form in which words of a list are compared: letter case and repeated spaces do not matter. */
export function foldWord(text: string): string {
  return text.replace(/ +/g, ' ').replace(/^ | $/g, '').toLowerCase();
}
