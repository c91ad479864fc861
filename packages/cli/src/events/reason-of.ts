import { printable } from '@weir/core/text';
import { maskSecrets } from '../errors/mask-secrets.ts';

/** What an error of the machine says; what happened is told by the last of its causes. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as Partial<Error>;
  return cause === undefined ? printable(maskSecrets(message ?? String(error))) : reasonOf(cause);
}
