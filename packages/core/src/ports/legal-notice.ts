import type { Notice } from './notifier.port.ts';
import { PortError } from './port-error.ts';

/** The most characters (UTF-16 units) of a subject. */
export const LONGEST_SUBJECT = 99;
/** The most bytes of UTF-8 of a notice's text. */
export const LONGEST_TEXT = 200_000;

/**
 * What every notifier refuses before it sends.
 *
 * @throws PortError `notifier.refused`
 */
export function requireLegalNotice({ subject, text }: Notice): void {
  const bytes = new TextEncoder().encode(text).length;
  const fault =
    subject.trim() === ''
      ? 'its subject is empty'
      : subject.length > LONGEST_SUBJECT
        ? `its subject has ${subject.length} characters, of which ${LONGEST_SUBJECT} are allowed`
        : /[\p{Cc}\u2028\u2029]/u.test(subject)
          ? 'its subject holds a line break or a control character'
          : bytes > LONGEST_TEXT
            ? `its text has ${bytes} bytes, of which ${LONGEST_TEXT} are allowed`
            : undefined;
  if (fault !== undefined) {
    throw new PortError({
      code: 'notifier.refused',
      message: `The notice was not sent: ${fault}.`,
      remedy: 'Compose it with composeNotice, which keeps to the limits.',
    });
  }
}
