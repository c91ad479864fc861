import type { Notice } from '@weir/core';
import { InMemoryNotifier } from '@weir/core/testing';
import type { NotifierSubject, Open, ReceivedNotice } from '../../src/index.ts';

/** Notifiers that are wrong on purpose. */
export const BAD_NOTIFIERS: Readonly<Record<string, Open<NotifierSubject>>> = {
  'sends by itself': arriving((notices) =>
    notices.length > 0 ? notices : [{ subject: 'hi', text: '', document: {} }],
  ),
  'forgets the document': delivering((notice) => ({ ...notice, document: {} })),
  'puts the document into the text': delivering((notice) => ({ ...notice, text: JSON.stringify(notice.document) })),
  'trims texts': delivering((notice) => ({ ...notice, text: notice.text.trim() })),
  'turns tabs into blanks': delivering((notice) => ({ ...notice, text: notice.text.replaceAll('\t', ' ') })),
  'cuts subjects': delivering((notice) => ({ ...notice, subject: notice.subject.slice(0, 80) })),
  'cuts texts': delivering((notice) => ({ ...notice, text: notice.text.slice(0, 65_536) })),
  'makes a document flat': delivering((notice) => ({
    ...notice,
    document: Object.fromEntries(Object.entries(notice.document as object).map(([name, value]) => [name, `${value}`])),
  })),
  'leaves out what it sent before': arriving((notices) => [
    ...new Map(notices.map((notice) => [notice.subject, notice])).values(),
  ]),
  'delivers twice': arriving((notices) => notices.flatMap((notice) => [notice, notice])),
  'refuses nothing': open(async (_, mailbox, notice) => void mailbox.push(notice)),
  'cuts what is too long': open((notifier, _, notice) =>
    notifier.send({ ...notice, subject: notice.subject.slice(0, 99), text: notice.text.slice(0, 100_000) }),
  ),
  'sends what it refuses': open(async (notifier, mailbox, notice) => {
    await notifier.send(notice).catch((error) => {
      mailbox.push(notice);
      throw error;
    });
  }),
};

type Send = (notifier: InMemoryNotifier, mailbox: Notice[], notice: Notice) => Promise<void>;
type Arrive = (notices: readonly ReceivedNotice[]) => readonly ReceivedNotice[];

function open(send: Send, arrive: Arrive = (notices) => notices): Open<NotifierSubject> {
  return async () => {
    const notifier = new InMemoryNotifier();
    return {
      notifier: { send: (notice) => send(notifier, notifier.mailbox, notice) },
      received: async () => arrive(notifier.mailbox),
      close: async () => {},
    };
  };
}

function arriving(arrive: Arrive): Open<NotifierSubject> {
  return open((notifier, _, notice) => notifier.send(notice), arrive);
}

function delivering(map: (notice: ReceivedNotice) => ReceivedNotice): Open<NotifierSubject> {
  return arriving((notices) => notices.map(map));
}
