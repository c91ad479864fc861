import type { RunSummary } from '@weir/core';
import { formatCount, formatDuration, formatTime } from '@weir/core/text';
import { facts } from '../html/facts.ts';
import { type Html, html } from '../html/html.ts';
import { statusMark } from '../html/status-mark.ts';
import { rowsPerSecond } from './rows-per-second.ts';

/** What a run was, in a few lines. */
export function runFacts(run: RunSummary): Html {
  const speed = rowsPerSecond(run);
  const ended = run.status === 'failed' ? 'Failed' : 'Commit began';
  return facts([
    ['Status', statusMark(run.status)],
    ['Started', formatTime(run.startedAt)],
    [ended, `${formatTime(run.finishedAt)}, after ${formatDuration(run.finishedAt - run.startedAt)}`],
    ['Undone', run.undoneAt === undefined ? undefined : formatTime(run.undoneAt)],
    ['Files', formatCount(run.files)],
    ['Rows read', formatCount(run.totals.read)],
    ['Rows a second', speed === undefined ? undefined : formatCount(speed)],
    ['Policy', html`<code>${run.policyHash}</code>`],
    ['Why it failed', run.error],
  ]);
}
