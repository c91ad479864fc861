import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldWord } from '../../src/policy/fold-word.ts';
import { WordList } from '../../src/rules/word-list.ts';

describe('a list of words', () => {
  const word = fc
    .string({ unit: fc.constantFrom('a', 'b', 'A', 'B', ' ', 'ü', 'Ü'), minLength: 1, maxLength: 5 })
    .filter((text) => text.trim() === text);
  const lists = fc.uniqueArray(word, { minLength: 1, maxLength: 12, selector: foldWord });

  test('finds what is equal when folded, whatever it was asked before', () => {
    fc.assert(
      fc.property(lists, fc.array(fc.oneof(word, fc.constant('')), { maxLength: 60 }), (words, asked) => {
        const list = new WordList(words);
        for (const text of asked) {
          const bytes = Buffer.from(`<${text}>`);
          const place = words.findIndex((each) => foldWord(each) === foldWord(text));
          expect(list.find(bytes, 1, bytes.length - 1)).toBe(place);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('finds a word in more spellings than it remembers', () => {
    const list = new WordList(['x y', 'z']);
    for (let round = 0; round < 2; round++) {
      for (let spaces = 1; spaces <= 200; spaces++) {
        const bytes = Buffer.from(`X${' '.repeat(spaces)}y`);
        expect(list.find(bytes, 0, bytes.length)).toBe(0);
      }
    }
  });
});
