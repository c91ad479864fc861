import type { Command } from 'commander';
import { addPlaceOptions } from './add-places.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';

export function addDoctor(program: Command, start: Start): void {
  addPlaceOptions(program.command('doctor'))
    .summary('checks everything that a run needs, and says how to mend it')
    .description(
      'Checks Node, the configuration, the AWS identity, the places, the database with its tables, permissions and clock, ' +
        'and Spark, and says how to mend what fails. Changes nothing. Exit code 1 where a check failed.',
    )
    .addHelpText('after', examples('weir doctor', 'weir doctor --profile prod', 'weir doctor --landing landing --json'))
    .action((options) => start(async () => (await import('../commands/doctor.ts')).doctor, options, 'nothing'));
}
