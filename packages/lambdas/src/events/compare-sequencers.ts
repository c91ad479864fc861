/**
 * Orders two events of one key as S3 says: as hexadecimal digits, the shorter padded with zeros on the right. Events without
 * a sequencer come first, since nothing says that they are new.
 */
export function compareSequencers(left = '', right = ''): number {
  const length = Math.max(left.length, right.length);
  const [a, b] = [left, right].map((sequencer) => sequencer.toUpperCase().padEnd(length, '0'));
  return a < b ? -1 : a > b ? 1 : 0;
}
