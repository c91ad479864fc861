import { type Command, Option } from 'commander';
import { addRejectFilter, addRejectState, physicalLine } from './add-reject-filter.ts';
import { addRunEvents } from './add-run-events.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import { requireOption } from './require-option.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addRejects(program: Command, start: Start): void {
  const rejects = program
    .command('rejects')
    .summary('rejected rows: list, show, replay, dismiss, export')
    .description(
      'Rows that broke a rule are kept with all their faults, open until they are read again and accepted (resolved) or ' +
        'given up (dismissed).',
    )
    .addHelpText('after', examples('weir rejects list', 'weir rejects show transactions_2023-03-15.csv:17'));
  addList(rejects, start);
  addShow(rejects, start);
  addReplay(rejects, start);
  addDismiss(rejects, start);
  addExport(rejects, start);
}

function addList(rejects: Command, start: Start): void {
  addRejectFilter(addRejectState(rejects.command('list')))
    .summary('where they stand and why, with counts by code')
    .description('Lists rejected rows in the order of their files and lines, and counts by code all that fit.')
    .option('--limit <n>', 'at most so many rows, 1 to 10000; the counts are of all', wholeNumber(1, 10_000), 20)
    .addHelpText(
      'after',
      examples(
        'weir rejects list',
        'weir rejects list --code product-unknown --code customer-unknown --older-than 7d',
        'weir rejects list --from 2023-03-01 --to 2023-03-31 --state all --limit 1000 --json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/list-rejects.ts')).listRejects, options));
}

function addShow(rejects: Command, start: Start): void {
  rejects
    .command('show')
    .summary('one rejected row: its record, its faults, its values by column')
    .description('Shows the rejected row that stands on a line of a file, whatever its state.')
    .argument('[place]', 'FILE:LINE, as list shows it; of the file the name is enough where no other has it', notEmpty)
    .option('--file <key>', 'the file, instead of FILE:LINE', notEmpty)
    .option('--line <n>', 'the line, instead of FILE:LINE', physicalLine)
    .addHelpText(
      'after',
      examples(
        'weir rejects show transactions_2023-03-15.csv:17',
        'weir rejects show --file transactions_2023-03-15.csv --line 17 --json',
      ),
    )
    .action((place: string | undefined, options) =>
      start(async () => (await import('../commands/show-reject.ts')).showReject, { ...options, place }),
    );
}

function addReplay(rejects: Command, start: Start): void {
  addRunEvents(addRejectFilter(rejects.command('replay')))
    .summary('reads open ones again, by the rules and dimensions of today')
    .description(
      'Reads open rejected rows again: each passes all rules, with the policy and the dimensions in force and the version ' +
        'of its first delivery, so that an old row never overwrites a newer one. Rows that are good by now are loaded, and ' +
        'their rejects resolved. Without options every open one is read. May be interrupted and repeated at any point.',
    )
    .addHelpText(
      'after',
      examples(
        'weir rejects replay',
        'weir rejects replay --code status-unknown --config weir.config.json',
        'weir rejects replay --file transactions_2023-03-15.csv',
      ),
    )
    .action((options) => start(async () => (await import('../commands/replay-rejects.ts')).replayOpenRejects, options));
}

function addDismiss(rejects: Command, start: Start): void {
  addRejectFilter(rejects.command('dismiss'))
    .summary('gives open ones up')
    .description(
      'Dismisses open rejected rows: they stay on record, and no replay reads them again. At least one option must say ' +
        'which. Asks first on a terminal; elsewhere --yes is needed.',
    )
    .option('-y, --yes', 'do not ask')
    .addHelpText(
      'after',
      examples(
        'weir rejects dismiss --code row-quoting --older-than 30d',
        'weir rejects dismiss --file transactions_2023-03-15.csv --line 17 --yes',
      ),
    )
    .action((options) => start(async () => (await import('../commands/dismiss-rejects.ts')).dismissRejects, options));
}

function addExport(rejects: Command, start: Start): void {
  const command = rejects.command('export');
  requireOption(command, '--out <file>');
  addRejectFilter(addRejectState(command))
    .summary('writes them as CSV, to be corrected and delivered again')
    .description(
      'Writes rejected rows with the columns of a delivery, then faults, source_file, source_line and source_record. The ' +
        'last holds records that could not be told apart into columns. Cells that a spreadsheet would run as formulas get ' +
        'an apostrophe in front, unless --verbatim is given. Corrected, the file can be delivered under a name of its own ' +
        'in the folder of its day: the columns behind status are ignored. What is stored stays as it is.',
    )
    .addOption(new Option('--out <file>', 'the file to write; none is overwritten').argParser(notEmpty))
    .option('--verbatim', 'every value as delivered: for programs, not for spreadsheets')
    .addHelpText(
      'after',
      examples(
        'weir rejects export --from 2023-03-15 --to 2023-03-15 --out to-correct.csv',
        'weir rejects export --code price-not-a-decimal --out prices.csv --verbatim',
      ),
    )
    .action((options) => start(async () => (await import('../commands/export-rejects.ts')).exportRejects, options));
}
