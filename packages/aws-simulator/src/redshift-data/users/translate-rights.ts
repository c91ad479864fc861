import { DatabaseFault } from '../database/database-fault.ts';
import { insert, isSymbol, isWord, render, type Token } from '../sql/tokenize.ts';

/** What names are in the Postgres behind. */
export interface Names {
  roleOf(user: string): string;
  readonly database: string;
}

/** GRANT and REVOKE of rights of users, with the names of Postgres. Every database is the one behind. */
export function translateRights(tokens: readonly Token[], { roleOf, database }: Names): string {
  const end = tokens.findLastIndex((token) => isWord(token, 'to', 'from'));
  return render(
    tokens.map((token, i) => {
      const isName = token.kind === 'word' || token.kind === 'quoted';
      if (isName && isWord(tokens[i - 1], 'database')) return insert(`"${database}"`);
      if (i <= end || !isName || isWord(token, 'public')) return token;
      if (i > end + 1 && !isSymbol(tokens[i - 1], ','))
        throw new DatabaseFault('0A000', 'the simulator grants to users and to PUBLIC, and without options');
      return insert(`"${roleOf(token.value)}"`);
    }),
  );
}
