import type { SqlToken } from './tokenize-sql.ts';

/** The tokens of one statement, to look for words in. */
export class SqlPhrase {
  readonly tokens: readonly SqlToken[];

  constructor(tokens: readonly SqlToken[]) {
    this.tokens = tokens;
  }

  /** Whether the words and symbols stand at a place; `a|b` is either of them, `?` any token. */
  isAt(at: number, phrase: string): boolean {
    return phrase.split(' ').every((alternatives, i) => {
      const token = this.tokens[at + i];
      if (token === undefined) return false;
      if (alternatives === '?') return true;
      return token.kind !== 'string' && token.kind !== 'name' && alternatives.split('|').includes(token.text);
    });
  }

  startsWith(...phrases: readonly string[]): boolean {
    return phrases.some((phrase) => this.isAt(0, phrase));
  }

  /** The places where one of the phrases stands. */
  find(...phrases: readonly string[]): readonly number[] {
    return this.tokens.flatMap((_, at) => (phrases.some((phrase) => this.isAt(at, phrase)) ? [at] : []));
  }

  has(...phrases: readonly string[]): boolean {
    return this.find(...phrases).length > 0;
  }

  /** Whether one of these words stands for itself: not as part of a name, and not as an alias. */
  hasWord(...words: readonly string[]): boolean {
    return this.find(...words).some((at) => !this.isAt(at - 1, '.|as') && !this.isAt(at + 1, '.'));
  }

  calls(...functions: readonly string[]): boolean {
    return this.find(...functions.map((name) => `${name} (`)).some((at) => !this.isAt(at - 1, '.'));
  }

  /** Whether it reads or writes a table: functions of the leader node do not go with that. */
  get touchesTable(): boolean {
    return this.has('from', 'into', 'update', 'table');
  }

  /** The place of the bracket that closes the one at `open`; the end where there is none. */
  closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.tokens.length; at++) {
      if (this.isAt(at, '(')) depth++;
      else if (this.isAt(at, ')') && --depth === 0) return at;
    }
    return this.tokens.length;
  }

  /** How many brackets are open at a place. */
  depth(at: number): number {
    let depth = 0;
    for (let i = 0; i < at; i++) depth += this.isAt(i, '(') ? 1 : this.isAt(i, ')') ? -1 : 0;
    return depth;
  }

  part(from: number, to: number): SqlPhrase {
    return new SqlPhrase(this.tokens.slice(from, to));
  }
}
