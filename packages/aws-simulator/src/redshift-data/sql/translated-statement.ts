import type { UserCommand } from '../users/parse-user.ts';
import type { CopyCommand } from './parse-copy.ts';
import type { UnloadCommand } from './parse-unload.ts';
import type { Token } from './tokenize.ts';

/** A statement of Redshift, ready to be run on Postgres. */
export type TranslatedStatement =
  | {
      readonly kind: 'sql';
      readonly text: string;
      /** Names of the parameters behind `$1`, `$2`, ... */
      readonly parameters: readonly string[];
      /** Bytes of the strings for which it needs types. */
      readonly lengths: readonly number[];
      readonly command: string;
      /** A table that Redshift locks as a whole for it. */
      readonly exclusive: string | undefined;
    }
  | { readonly kind: 'copy'; readonly copy: CopyCommand }
  | { readonly kind: 'unload'; readonly unload: UnloadCommand }
  | { readonly kind: 'user'; readonly user: UserCommand }
  /** GRANT or REVOKE. */
  | { readonly kind: 'rights'; readonly tokens: readonly Token[] };
