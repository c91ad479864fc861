import type { Argument, Command, Option } from 'commander';

/** What can be typed after one command, as far as a shell completes it. */
export interface CommandGrammar {
  /** `weir runs show`. */
  readonly command: string;
  readonly subcommands: readonly Word[];
  readonly options: readonly OptionGrammar[];
  /** Of its first argument; undefined where it takes none. */
  readonly argument: ValueGrammar | undefined;
}

export interface Word {
  readonly word: string;
  readonly description: string;
}

export interface OptionGrammar {
  /** `--landing`, and a short form where there is one. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined where it takes no value. */
  readonly value: ValueGrammar | undefined;
}

export type ValueGrammar =
  | { readonly kind: 'file' | 'folder' | 'text' }
  | { readonly kind: 'choice'; readonly words: readonly string[] };

/** Every command that help shows, the program itself first. */
export function readGrammar(command: Command): readonly CommandGrammar[] {
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  return [
    {
      command: nameOf(command),
      subcommands: subcommands.map((sub) => ({ word: sub.name(), description: help.subcommandDescription(sub) })),
      options: [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].map(readOption),
      argument: readValue(command.registeredArguments[0]),
    },
    ...command.commands.filter((sub) => subcommands.includes(sub)).flatMap(readGrammar),
  ];
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function readOption(option: Option): OptionGrammar {
  const { long, short, description, argChoices, flags } = option;
  return {
    flags: [long, short].filter((flag) => flag !== undefined),
    description,
    value: option.isBoolean() ? undefined : grammarOf(argChoices, /<([^>]+)>/.exec(flags)?.[1] ?? ''),
  };
}

function readValue(argument: Argument | undefined): ValueGrammar | undefined {
  return argument === undefined ? undefined : grammarOf(argument.argChoices, argument.name());
}

/** The placeholder in the help tells what a value is. */
function grammarOf(choices: readonly string[] | undefined, placeholder: string): ValueGrammar {
  if (choices !== undefined) return { kind: 'choice', words: choices };
  const name = placeholder.replace(/\.{3}$/, '');
  if (name === 'folder' || name === 'place') return { kind: 'folder' };
  return { kind: name === 'file' ? 'file' : 'text' };
}
