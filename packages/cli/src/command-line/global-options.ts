import { type Command, Option } from 'commander';
import { notEmpty } from './not-empty.ts';

/** Taken by every command, before or after its name. */
export interface GlobalOptions {
  readonly databaseUrl?: string | undefined;
  readonly config?: string | undefined;
  readonly profile?: string | undefined;
  readonly json?: true | undefined;
  readonly csv?: true | undefined;
}

export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(
      new Option(
        '--database-url <url>',
        'a Postgres database of your own (15 or newer), postgres://user:password@host:5432/name (or WEIR_DATABASE_URL in the ' +
          'environment); without one, a server that comes with Weir keeps its data in ./.weir/postgres',
      ).argParser(notEmpty),
    )
    .addOption(
      new Option(
        '--config <file>',
        'the configuration: policy, places, database (default: weir.config.ts or weir.config.json of this folder)',
      ).argParser(notEmpty),
    )
    .addOption(new Option('--profile <name>', 'a profile of the configuration, such as prod').argParser(notEmpty))
    .addOption(new Option('--json', 'one JSON document on standard output; all else goes to standard error'))
    .addOption(new Option('--csv', 'the same as rows of CSV; all else goes to standard error').conflicts('json'));
}
