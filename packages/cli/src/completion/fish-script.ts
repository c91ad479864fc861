import type { CommandGrammar, OptionGrammar, ValueGrammar, Word } from './read-grammar.ts';

export function fishScript(grammar: readonly CommandGrammar[]): string {
  return `function __weir_at --description 'whether the words so far name this command'
    set -l command weir
    for word in (commandline -opc)[2..-1]
        contains -- "$command $word" ${grammar
          .slice(1)
          .map(({ command }) => quote(command))
          .join(' ')}
        and set command "$command $word"
    end
    test "$command" = "$argv[1]"
end
complete -c weir -e
complete -c weir -f
${grammar.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ command, subcommands, options, argument }: CommandGrammar): string[] {
  const at = `complete -c weir -n ${quote(`__weir_at "${command}"`)}`;
  return [
    ...subcommands.map(({ word, description }: Word) => `${at} -a ${quote(word)} -d ${describe(description)}`),
    ...(argument === undefined || argument.kind === 'text' ? [] : [`${at} ${takes(argument)}`]),
    ...options.map((option) => `${at} ${optionOf(option)}`),
  ];
}

function optionOf({ flags, description, value }: OptionGrammar): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const taken = value === undefined ? [] : [value.kind === 'file' ? '-r' : '-x', takes(value)];
  return [...names, '-d', describe(description), ...taken].filter((word) => word !== '').join(' ');
}

function takes(value: ValueGrammar): string {
  if (value.kind === 'choice') return `-a ${quote(value.words.join(' '))}`;
  return { file: '-F', folder: `-a '(__fish_complete_directories)'`, text: '' }[value.kind];
}

const LONGEST = 80;

function describe(text: string): string {
  return quote(text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).trimEnd()}…`);
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
