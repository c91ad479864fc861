import { bashScript } from './bash-script.ts';
import type { CommandGrammar } from './read-grammar.ts';

/** Zsh understands completions for bash. */
export function zshScript(grammar: readonly CommandGrammar[]): string {
  return `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
autoload -Uz bashcompinit && bashcompinit
${bashScript(grammar)}`;
}
