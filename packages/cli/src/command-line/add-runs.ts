import type { RecordedStatus } from '@weir/core';
import { type Command, Option } from 'commander';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

/** Typed out: loading what knows them would slow down every start. */
const STATUSES: readonly RecordedStatus[] = ['succeeded', 'succeeded-with-rejects', 'failed', 'undone'];

export function addRuns(program: Command, start: Start): void {
  const runs = program
    .command('runs')
    .summary('what earlier runs did')
    .description('Lists the newest runs, or with --before those that are older than one of them.')
    .option('--limit <n>', 'at most so many, 1 to 1000', wholeNumber(1, 1000), 20)
    .option('--before <run>', 'only runs that are older than this one: its id, or the beginning of it', notEmpty)
    .addOption(new Option('--status <status>', 'only runs that ended so').choices(STATUSES))
    .addHelpText(
      'after',
      examples(
        'weir runs',
        'weir runs --status failed',
        'weir runs --before 20230315T061502Z-3f9a2c',
        'weir runs show 20230315T061502Z-3f9a2c',
        'weir runs --limit 100 --json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/list-runs.ts')).listRuns, options));
  runs
    .command('show')
    .summary('the books of one run')
    .description('Shows the books of one run: files, rejects by code, refusals and warnings.')
    .argument('<id>', 'the id of the run, or the beginning of it')
    .addHelpText('after', examples('weir runs show 20230315T061502Z-3f9a2c', 'weir runs show 20230315T0615'))
    .action((id: string) => start(async () => (await import('../commands/show-run.ts')).showRun, { id }));
}
