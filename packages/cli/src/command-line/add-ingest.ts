import type { Command } from 'commander';
import { addPlaces } from './add-places.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';

export function addIngest(program: Command, start: Start): void {
  addPlaces(program.command('ingest'))
    .summary('loads everything that landed and was not yet processed')
    .description(
      'Reads every file in the landing folder that was not processed before, checks, enriches and upserts its rows, all ' +
        'in one transaction. It may be interrupted and repeated at any point: nothing is lost or counted twice.',
    )
    .option('--fail-on-rejects', 'exit code 3 where a row was rejected')
    .addHelpText(
      'after',
      examples(
        'weir ingest --landing landing',
        'weir ingest --landing landing --archive archive --quarantine quarantine --fail-on-rejects',
        'weir ingest --landing landing --json > report.json',
      ),
    )
    .action((options) => start(async () => (await import('../commands/ingest.ts')).ingestLanded, options));
}
