import { ServiceFault } from '../server/service.ts';

/** Bytes of a message. */
const MAX_MESSAGE = 262_144;

export interface NewMessage {
  readonly subject: string | undefined;
  readonly message: string;
  readonly structure: string | undefined;
}

/** What each protocol gets; `default` is always there. */
export type MessageTexts = Readonly<Record<string, string>> & { readonly default: string };

/** @throws ServiceFault `InvalidParameter` */
export function checkMessage({ subject, message, structure }: NewMessage): MessageTexts {
  if (message === '') throw invalid('Empty message');
  if (Buffer.byteLength(message) > MAX_MESSAGE) throw invalid('Message too long');
  if (subject !== undefined) checkSubject(subject);
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalid('Message structure is not json');
  return readTexts(message);
}

function checkSubject(subject: string): void {
  if (subject === '' || [...subject].length >= 100) throw invalid('Subject must have from 1 to 99 characters');
  if (/\p{Cc}/u.test(subject)) throw invalid('Subject must have no line breaks and no control characters');
}

function readTexts(message: string): MessageTexts {
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalid('Message Structure - JSON message body failed to parse');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalid('Message Structure - JSON message body is no object');
  }
  // A key that is there twice is refused on AWS; a parser keeps the last one only.
  if (hasDoubledKey(message, Object.keys(parsed).length)) throw invalid('Message Structure - Duplicate key');
  const texts = Object.fromEntries(Object.entries(parsed).filter(([, text]) => typeof text === 'string'));
  if (texts.default === undefined) throw invalid('Message Structure - No default entry in JSON message body');
  return texts as MessageTexts;
}

/** Counts the keys of the outermost object. */
function hasDoubledKey(json: string, different: number): boolean {
  let depth = 0;
  let keys = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/gs)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) keys += 1;
  }
  return keys > different;
}

function invalid(why: string): ServiceFault {
  return new ServiceFault('InvalidParameter', `Invalid parameter: ${why}`);
}
