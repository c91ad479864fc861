import type { Notice } from '@weir/core';

/** What SNS takes for message and subject together. Bytes of UTF-8. */
const MAX_BYTES = 262_144 - 1024;
/** A text is not shortened below this for the sake of a document. Characters. */
const LEAST_TEXT = 20_000;
/** Of a shortened document. Characters. */
const LARGEST_ENTRY = 1024;

const SHORTENED = '(This message was cut: SNS takes no more. The report of the run has everything.)\n';

/**
 * One message for every kind of subscriber: mail shows the text, an SMS the subject, all others get the document as JSON. Where
 * all of it is more than SNS takes, the text is shortened, then the document, and both say so.
 */
export function toSnsMessage(notice: Notice): string {
  const { subject, document } = notice;
  const text = fitText(notice, LEAST_TEXT);
  if (text !== undefined) return encode(subject, text, document);
  const brief = { ...notice, document: shortenDocument(document) };
  return encode(subject, fitText(brief, 0) ?? '', brief.document);
}

function encode(subject: string, text: string, document: Notice['document']): string {
  return JSON.stringify({ default: JSON.stringify(document), email: text, sms: subject });
}

/** As much of the text as fits, cut at the end of a line; undefined where that is less than `least` characters. */
function fitText({ subject, text, document }: Notice, least: number): string | undefined {
  const fits = (shown: string) => Buffer.byteLength(encode(subject, shown, document)) <= MAX_BYTES;
  if (fits(text)) return text;
  for (let length = text.length; length >= least && length > 0; length = Math.floor(length * 0.9)) {
    const start = text.slice(0, length);
    const end = start.lastIndexOf('\n') + 1;
    const shown = `${(end > length / 2 ? start.slice(0, end) : start).toWellFormed()}\n${SHORTENED}`;
    if (fits(shown)) return shown;
  }
  return undefined;
}

/** Its small entries. */
function shortenDocument(document: Notice['document']): Notice['document'] {
  const entries = Object.entries(document).filter(([, value]) => {
    const encoded = JSON.stringify(value);
    return encoded !== undefined && encoded.length <= LARGEST_ENTRY;
  });
  return { ...Object.fromEntries(entries.slice(0, 50)), shortened: true };
}
