/**
 * The most bytes of UTF-8 that a notice's text and its document take each: far below what a notifier allows, so that both
 * fit into one message of 256 KiB however often their quotes are escaped.
 */
const MOST_TEXT_BYTES = 60_000;
export const MOST_DOCUMENT_BYTES = 40_000;

const CUT = '... (the rest does not fit)\n';

/** Drops whole lines from the end until the text fits. */
export function fitText(text: string, mostBytes: number = MOST_TEXT_BYTES): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= mostBytes) return text;
  const room = bytes.subarray(0, mostBytes - CUT.length);
  return new TextDecoder().decode(room.subarray(0, room.lastIndexOf(0x0a) + 1)) + CUT;
}
