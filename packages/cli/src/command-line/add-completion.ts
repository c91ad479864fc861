import { Argument, type Command } from 'commander';
import type { Shell } from '../commands/completion.ts';
import { examples } from './examples.ts';
import type { Start } from './start.ts';

export function addCompletion(program: Command, start: Start): void {
  program
    .command('completion')
    .summary('prints a script with which a shell completes commands, options and paths')
    .description(
      'Prints a script that a shell reads when it starts: with it, the Tab key completes the commands of weir, their ' +
        'options, the words that an option allows, files and folders.',
    )
    .addArgument(new Argument('<shell>', 'the shell that you use').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        `echo 'eval "$(weir completion bash)"' >> ~/.bashrc`,
        `echo 'eval "$(weir completion zsh)"' >> ~/.zshrc`,
        'weir completion fish > ~/.config/fish/completions/weir.fish',
      ),
    )
    .action((shell: Shell) =>
      start(async () => (await import('../commands/completion.ts')).printCompletion, { shell, program }, 'nothing'),
    );
}
