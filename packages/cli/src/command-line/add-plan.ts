import type { Command } from 'commander';
import { addLanding } from './add-places.ts';
import { addResources } from './add-resources.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addPlan(program: Command, start: Start): void {
  addResources(addLanding(program.command('plan')))
    .summary('tells what ingest would do, and does nothing')
    .description(
      'Reads what landed as ingest does and compares it with what is stored: the verdicts for each file, the first rows that ' +
        'would be rejected, and the first that would be changed, with old and new values. Nothing is written and no file is moved.',
    )
    .option('--examples <n>', 'rejects and changes of each file that are told, 0 to 1000', wholeNumber(0, 1000), 5)
    .option('--fail-on-rejects', 'exit code 3 where a row would be rejected')
    .addHelpText('after', '\nIt needs no lock, and a run that works meanwhile does not wait for it.')
    .addHelpText(
      'after',
      examples(
        'weir plan --landing landing',
        'weir plan --landing landing --examples 20',
        'weir plan --landing landing --json > plan.json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/plan.ts')).planRun, options));
}
