import fc from 'fast-check';

/** How a record is written: which values are quoted although they need not be, blanks around them, the line break. */
export interface WritingStyle {
  readonly quotes: readonly boolean[];
  readonly blanks: readonly string[];
  readonly end: string;
}

export const writingStyle: fc.Arbitrary<WritingStyle> = fc.record({
  quotes: fc.array(fc.boolean(), { minLength: 3, maxLength: 12 }),
  blanks: fc.array(fc.constantFrom('', '', '', ' ', '\t', ' \t '), { minLength: 3, maxLength: 12 }),
  end: fc.constantFrom('\n', '\r\n', '\r'),
});

/** A simple writer of RFC 4180, line break apart. */
export function writeRecord(values: readonly string[], { quotes, blanks }: WritingStyle): string {
  return values
    .map((value, i) => {
      const mustQuote = /[",\r\n]/.test(value);
      const text = mustQuote || quotes[i % quotes.length] ? `"${value.replaceAll('"', '""')}"` : value;
      return `${blanks[i % blanks.length]}${text}${blanks[(i * 7 + 3) % blanks.length]}`;
    })
    .join(',');
}

/** Physical line breaks in a text: CR LF is one. */
export function countLineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

export function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
}
