import { FAULTS, type FaultCode, type RejectFilter } from '@weir/core';
import type { RejectFilterOptions } from '../command-line/add-reject-filter.ts';
import { usageError } from '../errors/command-error.ts';

/**
 * @param now milliseconds since 1970-01-01 UTC
 * @throws CommandError `rejects.unknown-code`
 */
export function toRejectFilter(options: RejectFilterOptions, now: number): RejectFilter {
  const { state, code, file, line, from, to, olderThan } = options;
  return {
    state: state === 'all' ? undefined : state,
    codes: code?.map(toCode),
    file,
    line,
    fromDay: from,
    toDay: to,
    seenBefore: olderThan === undefined ? undefined : now - olderThan,
  };
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
