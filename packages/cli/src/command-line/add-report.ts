import type { Command } from 'commander';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';

export function addReport(program: Command, start: Start): void {
  program
    .command('report')
    .summary('a run as one HTML file, to mail or file')
    .description(
      'Writes a run as one HTML file that needs no network: books, rejects by code with examples, amounts by class and ' +
        'day, timing by phase, warnings. Rejected records are left out: they may hold personal data.',
    )
    .argument('[run]', 'the id of the run, or the beginning of it; the newest run where it is left out')
    .option('--out <file>', 'where to write it; a file that is there is replaced', notEmpty, 'report.html')
    .option('--with-values', 'show rejected records as they were delivered')
    .addHelpText('after', examples('weir report', 'weir report 20230315T061502Z-3f9a2c --out monday.html'))
    .action((id: string | undefined, options) =>
      start(async () => (await import('../commands/report.ts')).report, { ...options, id }),
    );
}
