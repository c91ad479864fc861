import type { Command } from 'commander';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';
import { wholeNumber } from './whole-number.ts';

export function addServe(program: Command, start: Start): void {
  program
    .command('serve')
    .summary('a dashboard in the browser, until it is stopped')
    .description(
      'Serves a dashboard that only reads: runs, files, a calendar of days, rejects, the life of a transaction, throughput. ' +
        'It asks nobody who he is, so it listens on this machine only. Ctrl-C or SIGTERM ends it with exit code 0.',
    )
    .option('--port <n>', 'TCP port; 0 takes any that is free', wholeNumber(0, 65_535), 8337)
    .option(
      '--host <address>',
      'address to listen on; any but a loopback one shows the data to others',
      notEmpty,
      '127.0.0.1',
    )
    .option('--events <file>', 'follow the run that writes its events there (weir ingest --events)', notEmpty)
    .option('--with-values', 'show rejected records and customers: personal data')
    .addHelpText('after', examples('weir serve', 'weir serve --port 9000 --events run.ndjson'))
    .action((options) => start(async () => (await import('../commands/serve.ts')).serve, options));
}
