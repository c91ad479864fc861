import type { CommandGrammar, ValueGrammar } from './read-grammar.ts';

/** For bash from 3.2, without further packages; nothing of what was typed is evaluated. */
export function bashScript(grammar: readonly CommandGrammar[]): string {
  const options = grammar.flatMap(({ command, options }) =>
    options.flatMap(({ flags, value }) => flags.map((flag) => ({ pattern: quote(`${command} ${flag}`), value }))),
  );
  const takers = options.filter(({ value }) => value !== undefined);
  const takersOf = (kind: ValueGrammar['kind']) =>
    takers.filter(({ value }) => value!.kind === kind).map(({ pattern }) => pattern);
  const choices = takers.flatMap(({ pattern, value }) =>
    value!.kind === 'choice' ? [branch([pattern], `words=${lines(value!.words)}`)] : [],
  );
  return `_weir_completion() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command=weir kind=words words='' i
  local IFS=$'\\n'
  COMPREPLY=()
  # Bash takes --option=value apart at the sign.
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command \${COMP_WORDS[i]}" in
${branch(
  grammar.slice(1).map(({ command }) => quote(command)),
  `command="$command \${COMP_WORDS[i]}"`,
)}
    esac
  done
  case "$command $prev" in
${[branch(takersOf('folder'), 'kind=folder'), branch(takersOf('file'), 'kind=file'), branch(takersOf('text'), 'return'), ...choices].filter(Boolean).join('\n')}
    *)
      case "$command" in
${grammar.map(wordsOf).join('\n')}
      esac
      ;;
  esac
  case $kind in
    folder) COMPREPLY=($(compgen -d -- "$cur")) ;;
    file) COMPREPLY=($(compgen -f -- "$cur")) ;;
    words) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  esac
  # Quotes what has to be quoted, and puts a slash behind folders.
  [[ $kind == words ]] || compopt -o filenames 2> /dev/null
}
complete -F _weir_completion weir
`;
}

function wordsOf({ command, subcommands, options, argument }: CommandGrammar): string {
  const flags = options.flatMap((option) => option.flags);
  const words = [...subcommands.map(({ word }) => word), ...(argument?.kind === 'choice' ? argument.words : [])];
  const isPath = argument?.kind === 'file' || argument?.kind === 'folder';
  const others = isPath ? `kind=${argument.kind}` : `words=${lines(words)}`;
  return branch([quote(command)], `if [[ $cur == -* ]]; then words=${lines(flags)}; else ${others}; fi`);
}

function branch(patterns: readonly string[], work: string): string {
  return patterns.length === 0 ? '' : `        ${patterns.join(' | ')}) ${work} ;;`;
}

function lines(words: readonly string[]): string {
  return `$'${words.join('\\n')}'`;
}

function quote(text: string): string {
  return `'${text}'`;
}
