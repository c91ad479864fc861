import type { Command } from 'commander';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';

export function addExplain(program: Command, start: Start): void {
  program
    .command('explain')
    .summary('the life of one transaction: which row won, which lost, and why')
    .description(
      'Tells every decision that is kept about a transaction, over all deliveries and in the order of time: which row won or ' +
        'lost, against which other row, and the field of the version that decided. Then the fact as it is stored.',
    )
    .argument('<id>', 'the transaction_id; letter case counts', notEmpty)
    .addHelpText('after', examples('weir explain T-100042', 'weir explain T-100042 --json'))
    .action((id: string) => start(async () => (await import('../commands/explain.ts')).explain, { id }));
}
