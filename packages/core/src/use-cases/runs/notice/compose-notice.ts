import type { Notice } from '../../../ports/notifier.port.ts';
import type { NoticeContext } from './notice-context.ts';
import { composeDocument } from './notice-document.ts';
import { type EndedRun, gatherFacts } from './notice-facts.ts';
import { composeSubject } from './notice-subject.ts';
import { composeText } from './notice-text.ts';

/**
 * What people are told about a run that ended: names, places, counts and lines; never a value from a row. A legal notice
 * whatever the report holds: a subject of one line, a text of at most 60,000 bytes, a document of at most 40,000 bytes as JSON.
 */
export function composeNotice(run: EndedRun, context: NoticeContext): Notice {
  const facts = gatherFacts(run);
  return {
    subject: composeSubject(facts),
    text: composeText(facts, context),
    document: composeDocument(facts, context),
  };
}
