import type { Command } from 'commander';
import { addRunEvents } from './add-run-events.ts';
import { examples } from './examples.ts';
import { notEmpty } from './not-empty.ts';
import type { Start } from './start.ts';

export function addUndo(program: Command, start: Start): void {
  const command = program
    .command('undo')
    .summary('takes back what a run brought')
    .description(
      'Puts each fact that came from a run back to what it would be without it: the best row that another run delivered, read ' +
        'again from the archive with the products and customers of today; a fact that no other run delivered is removed. What ' +
        'newer runs replaced stays. What cannot be put back stays too, and is told. Rejects of the run are removed, and its ' +
        'files may be loaded again; those that still lie in the landing folder are, by the next run. All or nothing.',
    )
    .argument('<run>', 'the id of the run, or the beginning of it', notEmpty)
    .option(
      '--archive <folder>',
      'where files lie that were loaded; the landing folder where there is no archive',
      notEmpty,
    )
    .option('--dry-run', 'tell what would be done, and change nothing')
    .option('--yes', 'do not ask');
  addRunEvents(command)
    .addHelpText(
      'after',
      examples(
        'weir undo 20230315T061502Z-3f9a2c --archive archive --dry-run',
        'weir undo 20230315T0615 --archive archive',
        'weir undo 20230315T0615 --archive archive --yes --json',
      ),
    )
    .action((run: string, options) =>
      start(async () => (await import('../commands/undo.ts')).undo, { run, ...options }),
    );
}
