import type { Command } from 'commander';
import { addRunEvents } from './add-run-events.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';

export function addDimensions(program: Command, start: Start): void {
  const dimensions = program
    .command('dimensions')
    .summary('products and customers')
    .description('Products and customers, which rows are joined with.')
    .addHelpText('after', examples('weir dimensions load --products products.csv --customers customers.csv'));
  addRunEvents(dimensions.command('load'))
    .summary('upserts products and customers from CSV files')
    .description(
      'Upserts by id, all or nothing: where one row is bad, bad rows are listed and nothing is changed. At least one of ' +
        'the two files is needed. A name that ends with .gz is unpacked. Then rejected rows whose product or customer was ' +
        'missing are checked again: those that are good by now are loaded.',
    )
    .option('--products <file>', 'columns product_id, product_name, category, price, supplier_id', notEmpty)
    .option('--customers <file>', 'columns customer_id, first_name, last_name, email, membership_level', notEmpty)
    .addHelpText('after', examples('weir dimensions load --products products.csv --customers customers.csv'))
    .action((options) =>
      start(async () => (await import('../commands/load-dimensions.ts')).loadDimensionFiles, options),
    );
}
