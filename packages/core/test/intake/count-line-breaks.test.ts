import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countLineBreaks } from '../../src/intake/count-line-breaks.ts';

test('line breaks are LF, CR, or both as one, wherever the bytes begin in their buffer', () => {
  const text = fc.string({ unit: fc.constantFrom('\r', '\n', 'x', '\u000b', '\u008a'), maxLength: 40 });
  fc.assert(
    fc.property(text, fc.nat(7), fc.nat(5), fc.nat(5), (content, offset, start, left) => {
      const bytes = new Uint8Array(content.length + offset).subarray(offset);
      for (const [i, character] of [...content].entries()) bytes[i] = character.charCodeAt(0);
      const end = Math.max(start, bytes.length - left);
      const counted = start > bytes.length ? '' : content.slice(start, end);
      const cut = Math.min(end, bytes.length);
      if (start > cut) return;
      expect(countLineBreaks(bytes, start, cut)).toBe(counted.match(/\r\n|\r|\n/g)?.length ?? 0);
    }),
    { numRuns: 2000 },
  );
});
