import { FAULTS, type FaultCode, type RejectFilter } from '@weir/core';
import type { RejectFilterOptions } from '../command-line/add-reject-filter.ts';
import { usageError } from '../errors/command-error.ts';

/**
 * What fits the options at a time, in milliseconds since 1970-01-01 UTC. Options are judged before a time, and so a database, is
 * asked for.
 *
 * @throws CommandError `rejects.unknown-code`
 */
export function toRejectFilter(options: RejectFilterOptions): (now: number) => RejectFilter {
  const { state, code, file, line, from, to, olderThan } = options;
  const codes = code?.map(toCode);
  return (now) => ({
    state: state === 'all' ? undefined : state,
    codes,
    file,
    line,
    fromDay: from,
    toDay: to,
    seenBefore: olderThan === undefined ? undefined : now - olderThan,
  });
}

function toCode(word: string): FaultCode {
  const known = FAULTS.find(({ code }) => code === word);
  if (known !== undefined) return known.code;
  throw usageError({
    code: 'rejects.unknown-code',
    message: [`There is no code ${JSON.stringify(word)}. The codes are:`, ...FAULTS.map(({ code }) => code)].join('\n'),
    remedy: 'Correct --code. weir rejects list counts the codes that rows were rejected with.',
  });
}
