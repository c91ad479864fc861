import type { Command } from 'commander';
import { addDayRange } from './add-day-range.ts';
import { examples } from './examples.ts';
import { share } from './share.ts';
import type { Start } from './start.ts';

export function addGaps(program: Command, start: Start): void {
  addDayRange(program.command('gaps'))
    .summary('days that are missing, empty, refused or far smaller than usual')
    .description(
      'Looks at the deliveries of each source day. A day is small where it has fewer rows than --below times the median ' +
        'of the same weekday in the eight weeks before and after. A weekday that never has a delivery is no gap.',
    )
    .option('--below <share>', 'how small a day must be, from 0 to 1', share, 0.5)
    .option('--fail-on-gaps', 'exit code 3 where there is a gap')
    .addHelpText(
      'after',
      examples(
        'weir gaps --from 2023-03-01 --to 2023-03-31',
        'weir gaps --from 2023-03-01 --to 2023-03-31 --below 0.8 --fail-on-gaps',
        'weir gaps --from 2023-01-01 --to 2023-12-31 --json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/gaps.ts')).tellGaps, options));
}
