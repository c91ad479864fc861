import { type Command, InvalidArgumentError, Option } from 'commander';
import { calendarDay } from './calendar-day.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addGenerate(program: Command, start: Start): void {
  const command = program.command('generate');
  requireOption(command, '--out <folder>');
  command
    .summary('writes made-up transactions with planted faults, and the answer key')
    .description(
      'Writes OUT/landing/transactions/year=.../month=.../day=.../*.csv, OUT/dimensions/products.csv, ' +
        'OUT/dimensions/customers.csv and OUT/expected.json: the digest of the facts and the rejects by code that a ' +
        'right ingest leads to. The same options give the same bytes.',
    )
    .option('--out <folder>', 'where to write; made where missing', notEmpty)
    .option('--start <day>', 'first day, as YYYY-MM-DD', calendarDay, '2023-03-15')
    .option('--days <n>', 'number of days, 1 to 3660', wholeNumber(1, 3660), 3)
    .option('--rows <n>', 'rows of a normal day, 1 to 100000000', wholeNumber(1, 100_000_000), 10_000)
    .option('--products <n>', 'products, 1 to 1000000', wholeNumber(1, 1_000_000), 500)
    .option('--customers <n>', 'customers, 1 to 50000000', wholeNumber(1, 50_000_000), 5_000)
    .option('--seed <n>', 'another seed gives another shop, 0 to 4294967295', wholeNumber(0, 4_294_967_295), 42)
    .addOption(
      new Option('--faults <profile>', 'how much goes wrong').choices(['none', 'default', 'heavy']).default('default'),
    )
    .option('--fault <knob=share...>', 'one kind of fault on top, with its share from 0 to 1', fault, {})
    .option('--no-seasonality', 'the same number of rows every day')
    .option('--later', 'also write OUT/later: late updates, a correction and a repeat, with their own answer key')
    .addHelpText(
      'after',
      examples(
        'weir generate --out data',
        'weir generate --out data --days 30 --rows 100000 --faults heavy',
        'weir generate --out data --faults none --fault priceNegative=0.01 --fault gzipFiles=1',
      ),
    )
    .action((options) => start(async () => (await import('../commands/generate.ts')).generateData, options));
}

function fault(value: string, others: Readonly<Record<string, number>>): Record<string, number> {
  const [, knob, share] = /^(\w+)=(0|1|0?\.\d+|1\.0+|0\.0*)$/.exec(value) ?? [];
  if (knob !== undefined) return { ...others, [knob]: Number(share) };
  throw new InvalidArgumentError('Write it as knob=share with a share from 0 to 1, such as priceNegative=0.01.');
}
