import { DatabaseFault } from '../database/database-fault.ts';
import { isWord, type Token } from '../sql/tokenize.ts';

/** CREATE USER and ALTER USER with a password. */
export interface UserCommand {
  readonly action: 'create' | 'alter';
  readonly user: string;
  /** In clear, or its hash. */
  readonly password: string;
}

/** @throws DatabaseFault for anything else that may be said of a user */
export function parseUser(tokens: readonly Token[]): UserCommand {
  const [action, , name, ...options] = tokens;
  if (isWord(options[0], 'with')) options.shift();
  const [word, password, ...more] = options;
  if (!isWord(action, 'create', 'alter') || !isWord(word, 'password') || password?.kind !== 'string' || more.length > 0)
    throw new DatabaseFault('0A000', 'the simulator creates and alters users with a password, and no more');
  return { action: action!.value as UserCommand['action'], user: name!.value, password: password.value };
}
