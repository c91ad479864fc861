import { requireLegalNotice } from '../ports/legal-notice.ts';
import type { Notice, Notifier } from '../ports/notifier.port.ts';

/** Keeps what it is to send in a mailbox. */
export class InMemoryNotifier implements Notifier {
  readonly mailbox: Notice[] = [];

  async send(notice: Notice): Promise<void> {
    requireLegalNotice(notice);
    const { subject, text, document } = notice;
    this.mailbox.push({ subject, text, document: JSON.parse(JSON.stringify(document)) });
  }
}
