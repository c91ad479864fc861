import type { Command } from 'commander';
import { examples } from './examples.ts';
import type { Start } from './start.ts';

export function addInit(program: Command, start: Start): void {
  program
    .command('init')
    .summary('creates or upgrades the tables')
    .description('Creates the tables, or upgrades those of an earlier version. May be repeated; data is kept.')
    .addHelpText('after', examples('weir init', 'weir init --database-url postgres://weir:secret@localhost:5432/shop'))
    .action((options) => start(async () => (await import('../commands/init.ts')).init, options));
}
