import assert from 'node:assert/strict';
import { LONGEST_SUBJECT, LONGEST_TEXT, type Notice, type Notifier } from '@weir/core';
import { assertPortError } from './assert-port-error.ts';
import type { Contract } from './contract.ts';

export interface NotifierSubject {
  readonly notifier: Notifier;
  /** All that arrived so far, in any order; waits for what is on its way. */
  received(): Promise<readonly ReceivedNotice[]>;
}

export interface ReceivedNotice {
  readonly subject: string;
  /** What people get to read. */
  readonly text: string;
  /** What machines get, parsed. */
  readonly document: unknown;
}

const NOTICE: Notice = { subject: 'Weir: 2023-03-15 loaded', text: 'All is well.\n', document: { runId: 'run-1' } };

/** Tells people how a run ended. */
export const notifierContract: Contract<NotifierSubject> = {
  port: 'Notifier',
  clauses: {
    'sends nothing by itself': async ({ received }) => {
      assert.deepEqual(await received(), []);
    },

    'delivers subject, text and document as they were given': async ({ notifier, received }) => {
      await notifier.send(NOTICE);
      assert.deepEqual(await received(), [NOTICE]);
    },

    'keeps line breaks, tabs, blanks at either end, quotes and all of Unicode in a text': async (subject) => {
      const text = '  first\n\n\tsecond   \n"quoted" \\ {"json": true} $x %20 <b>&amp;</b>\né \u{1f600} 日本\n ';
      await subject.notifier.send({ ...NOTICE, text });
      assert.equal((await subject.received())[0]!.text, text);
    },

    'keeps a subject to its longest, with quotes and accents': async ({ notifier, received }) => {
      const start = 'Weir: "é" & <b> 100 % ';
      const subject = start + 'x'.repeat(LONGEST_SUBJECT - start.length);
      await notifier.send({ ...NOTICE, subject });
      assert.equal((await received())[0]!.subject, subject);
    },

    'keeps a text to its longest': async ({ notifier, received }) => {
      const line = `${'é'.repeat(49)}x\n`;
      const text = line.repeat(LONGEST_TEXT / 100);
      assert.equal(Buffer.byteLength(text), LONGEST_TEXT);
      await notifier.send({ ...NOTICE, text });
      assert.equal((await received())[0]!.text, text);
    },

    'keeps a document with nested lists, numbers, null and odd names': async ({ notifier, received }) => {
      const document = {
        files: [
          { key: 'a "b" \u{1f600}.csv', rejected: 0, rate: 0.5 },
          { key: '', none: null },
        ],
        'odd name': true,
        text: 'line\nbreak',
        count: 9_007_199_254_740_991,
      };
      await notifier.send({ ...NOTICE, document });
      assert.deepEqual((await received())[0]!.document, document);
    },

    'sends once a call, also the same again': async ({ notifier, received }) => {
      const second = { ...NOTICE, subject: 'Weir: second', document: { runId: 'run-2' } };
      for (const notice of [NOTICE, second, NOTICE]) await notifier.send(notice);
      const subjects = (await received()).map(({ subject }) => subject);
      assert.deepEqual(subjects.toSorted(), [NOTICE.subject, NOTICE.subject, second.subject].toSorted());
    },

    'refuses a subject that is empty, too long or not one line, and sends nothing': async ({ notifier, received }) => {
      const subjects = [
        '',
        ' ',
        'x'.repeat(LONGEST_SUBJECT + 1),
        'a\nb',
        'a\rb',
        'a\tb',
        'a\u0000b',
        'a\u0085b',
        'a\u2028b',
      ];
      for (const subject of subjects) {
        await assertPortError(() => notifier.send({ ...NOTICE, subject }), 'notifier.refused');
      }
      assert.deepEqual(await received(), []);
    },

    'refuses a text that is too long, and sends nothing': async ({ notifier, received }) => {
      const text = 'é'.repeat(LONGEST_TEXT / 2 + 1);
      await assertPortError(() => notifier.send({ ...NOTICE, text }), 'notifier.refused');
      assert.deepEqual(await received(), []);
    },
  },
};
