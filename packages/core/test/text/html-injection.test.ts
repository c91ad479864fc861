import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { htmlText, printable } from '../../src/text/index.ts';

/** As a browser reads a text: references become what they stand for. */
const read = (html: string) => html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

const nasty = fc
  .array(
    fc.constantFrom('<', '>', '&', '"', "'", '`', '/', '=', '<script>', '-->', '&lt;', 'onload', '\n', '\u0000', 'é'),
  )
  .map((parts) => parts.join(''));

describe('a text of an HTML page', () => {
  test.each([
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    [`" onload='x'`, '&#34; onload=&#39;x&#39;'],
    ['&lt;b&gt;', '&#38;lt;b&#38;gt;'],
    ['a\u202eb\n', 'a\\u{202e}b\\u{a}'],
  ])('writes %j as %j', (value, html) => {
    expect(htmlText(value)).toBe(html);
  });

  test('holds nothing that ends a text or an attribute, and reads as the value did', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (value) => {
        const html = htmlText(value);
        expect(html).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
        expect(read(html)).toBe(printable(value));
      }),
      { numRuns: 2000 },
    );
  });
});
