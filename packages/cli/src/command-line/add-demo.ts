import type { Command } from 'commander';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addDemo(program: Command, start: Start): void {
  program
    .command('demo')
    .summary('shows in a minute what Weir does, on generated data')
    .description(
      'Generates a week of a shop, loads it into a database of its own, then delivers late updates, a repeated day and ' +
        'a corrected day, and checks each time that the table holds what it must. Starts from clean each time.',
    )
    .option('--days <n>', 'days of the first delivery, 1 to 366', wholeNumber(1, 366), 7)
    .option('--rows <n>', 'rows a day, 1 to 1000000', wholeNumber(1, 1_000_000), 20_000)
    .option('--dir <folder>', 'where the demo keeps everything (default: .weir/demo)', notEmpty)
    .addHelpText(
      'after',
      '\nUses the database of --database-url only if it holds no facts; WEIR_DATABASE_URL is left alone.',
    )
    .addHelpText('after', examples('weir demo', 'weir demo --days 31 --rows 100000 --dir /tmp/weir-demo'))
    .action((options) => start(async () => (await import('../commands/demo.ts')).demo, options));
}
