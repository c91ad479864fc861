import type { Command } from 'commander';
import { addPlaces } from './add-places.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addWatch(program: Command, start: Start): void {
  addPlaces(program.command('watch'))
    .summary('ingests files as they land, until it is stopped')
    .description(
      'Ingests files as they land: a file is taken once it has not changed for a second, one run at a time. A sweep ' +
        'finds files whose event was missed and tries again what failed. Ctrl-C or SIGTERM ends it with exit code 0.',
    )
    .option('--sweep-seconds <n>', 'pause between sweeps, 1 to 86400', wholeNumber(1, 86_400), 60)
    .addHelpText('after', '\nWith --json each run is one line: its report, or {"error":{...}} where it failed.')
    .addHelpText('after', examples('weir watch --landing landing --archive archive --quarantine quarantine'))
    .action((options) => start(async () => (await import('../commands/watch.ts')).watch, options));
}
