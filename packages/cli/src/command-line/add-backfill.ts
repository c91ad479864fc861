import type { Command } from 'commander';
import { addDayRange } from './add-day-range.ts';
import { addPlaces } from './add-places.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addBackfill(program: Command, start: Start): void {
  addPlaces(addDayRange(program.command('backfill')))
    .summary('loads a range of days, from the landing place or again from the archive')
    .description(
      'Loads the files of a range of source days, oldest first, in runs of a bounded size. It may be interrupted and ' +
        'repeated: what is loaded is passed over. An old row never beats a newer one. With --from-archive the files of the ' +
        'archive are read where they lie, with the days and times of their first delivery: so an empty database is filled ' +
        'again. Then the rejected rows of these days are checked again.',
    )
    .option('--from-archive', 'read the files in the archive instead of the landing place, and move nothing')
    .option('--files-per-run <n>', 'the most files that one run loads, 1 to 10000', wholeNumber(1, 10_000), 30)
    .option('--fail-on-rejects', 'exit code 3 where a row was rejected')
    .addHelpText(
      'after',
      examples(
        'weir backfill --from 2023-01-01 --to 2023-03-31 --landing landing --archive archive',
        'weir backfill --from 2023-03-01 --to 2023-03-31 --from-archive --archive archive',
      ),
    )
    .action((options) => start(async () => (await import('../commands/backfill.ts')).backfillDays, options));
}
