import type { Command } from 'commander';
import { calendarDay } from './calendar-day.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';

export function addArchive(program: Command, start: Start): void {
  const archive = program
    .command('archive')
    .summary('the files that were taken away after they were loaded')
    .description('The files that were taken away after they were loaded.')
    .addHelpText('after', examples('weir archive verify --archive archive'));
  const verify = archive.command('verify');
  verify
    .summary('reads the archive and compares it with what was loaded')
    .description(
      'Looks for every file that was loaded, or was empty, in the archive and reads it: its bytes must be those that were ' +
        'loaded. Names those that are missing or changed, and ends with exit code 3 where there is one. Changes nothing.',
    )
    .option('--archive <place>', 'where the files were taken: a folder, or s3://bucket', notEmpty)
    .option('--from <day>', 'only from this source day on, as YYYY-MM-DD', calendarDay)
    .option('--to <day>', 'only up to this source day', calendarDay)
    .option('--strays', 'also look for files in the archive that no run knows')
    .addHelpText(
      'after',
      examples(
        'weir archive verify --archive archive',
        'weir archive verify --archive archive --from 2023-03-01 --to 2023-03-31 --strays',
        'weir archive verify --archive archive --json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/verify-archive.ts')).verify, options));
}
