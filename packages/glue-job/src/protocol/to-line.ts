/**
 * One value as one line of JSON in ASCII: no line break can part it and no machine's encoding can spoil it, whatever a key
 * holds.
 */
export function toLine(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
