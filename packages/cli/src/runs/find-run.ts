import type { RunHistory, RunRecord } from '@weir/core';
import { CommandError } from '../errors/command-error.ts';
import { formatCounted } from '../output/format-amount.ts';

/** As many as the port gives at once; older ones need their whole id. */
const SEARCHED = 1000;
const MOST_NAMED = 5;

/**
 * The run with this id, or the only one whose id begins so.
 *
 * @throws CommandError `runs.unknown`, `runs.ambiguous`
 */
export async function findRun(history: Pick<RunHistory, 'run' | 'runs'>, id: string): Promise<RunRecord> {
  const exact = await history.run(id);
  if (exact !== undefined) return exact;
  const newest = await history.runs({ limit: SEARCHED });
  const matches = newest.map(({ runId }) => runId).filter((runId) => runId.startsWith(id));
  if (matches.length > 1) throw ambiguous(id, matches);
  const record = matches[0] === undefined ? undefined : await history.run(matches[0]);
  if (record === undefined) throw unknown(id, newest.length);
  return record;
}

function unknown(id: string, count: number): CommandError {
  const where =
    count === 0
      ? 'there is none at all'
      : count < SEARCHED
        ? `of ${formatCounted(count, 'run')}`
        : `of the newest ${SEARCHED}`;
  return new CommandError({
    code: 'runs.unknown',
    message: `There is no run whose id is or begins with ${JSON.stringify(id)} (${where}).`,
    remedy: 'List the runs with weir runs.',
  });
}

function ambiguous(id: string, matches: readonly string[]): CommandError {
  const named = matches.slice(0, MOST_NAMED).join(', ');
  const more = matches.length > MOST_NAMED ? ` and ${matches.length - MOST_NAMED} more` : '';
  return new CommandError({
    code: 'runs.ambiguous',
    message: `The ids of ${matches.length} runs begin with ${JSON.stringify(id)}: ${named}${more}.`,
    remedy: 'Type more of the id.',
  });
}
