import { type Command, Option } from 'commander';
import { addResources } from './add-resources.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';
import type { Start } from './start.ts';
import type { TransformOptions } from './transform-options.ts';

export function addTransform(program: Command, start: Start): void {
  const command = program
    .command('transform')
    .summary('checks and enriches one file, without a database')
    .description(
      'Checks every row of a file, joins it with products and customers and writes what a run would load: rows.tsv and ' +
        'rejects.tsv, in the text format that COPY of Postgres takes. A day is taken from a path year=.../month=.../day=.../.',
    )
    .argument('<file>', 'a CSV file of transactions; a name that ends with .gz is unpacked', notEmpty);
  for (const flags of ['--products <file>', '--customers <file>', '--out <folder>']) requireOption(command, flags);
  command
    .addOption(
      new Option('--products <file>', 'columns product_id, product_name, category, price, supplier_id').argParser(
        notEmpty,
      ),
    )
    .addOption(
      new Option('--customers <file>', 'columns customer_id, first_name, last_name, email, membership_level').argParser(
        notEmpty,
      ),
    )
    .addOption(new Option('--out <folder>', 'where rows.tsv and rejects.tsv are written').argParser(notEmpty));
  addResources(command)
    .addHelpText(
      'after',
      examples('weir transform transactions.csv --products products.csv --customers customers.csv --out out'),
    )
    .action((file: string, options: Omit<TransformOptions, 'file'>) =>
      start<TransformOptions>(async () => (await import('../commands/transform.ts')).transformFile, {
        ...options,
        file,
      }),
    );
}
