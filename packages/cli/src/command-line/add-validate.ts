import type { Command } from 'commander';
import { addResources } from './add-resources.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';
import type { ValidateOptions } from './validate-options.ts';
import { wholeNumber } from './whole-number.ts';

export function addValidate(program: Command, start: Start): void {
  const command = program
    .command('validate')
    .summary('tells all faults of files, without a database')
    .description(
      'Holds every row of the files against all rules, and tells each fault with its line, column, value and rule. Nothing is ' +
        'written. A day is taken from a path year=.../month=.../day=.../. Ids are looked up in the dimension files that are given.',
    )
    .argument(
      '<files...>',
      'CSV files of transactions, paths or s3://bucket/key; a name that ends with .gz is unpacked',
    )
    .option('--products <file>', 'product ids that are not in it are faults', notEmpty)
    .option('--customers <file>', 'customer ids that are not in it are faults', notEmpty)
    .option(
      '--limit <n>',
      'faults of each file that are told; all are counted. By default 20, with --json 1000, with --csv all',
      wholeNumber(0, 1_000_000_000),
    );
  addResources(command)
    .addHelpText('after', '\nThe exit code is 3 where a file has a fault, or would be refused.')
    .addHelpText(
      'after',
      examples(
        'weir validate transactions.csv',
        'weir validate landing/transactions/year=2023/month=03/day=*/*.csv.gz --limit 5',
        'weir validate transactions.csv --products products.csv --customers customers.csv --csv > faults.csv',
      ),
    )
    .action((files: readonly string[], options: Omit<ValidateOptions, 'files'>) =>
      start<ValidateOptions>(async () => (await import('../commands/validate.ts')).validateFiles, {
        ...options,
        files,
      }),
    );
}
