import { selectCommittedHashes } from '../queries/select-committed-hashes.ts';
import type { ReaderOptions } from './ask.ts';

/**
 * `Warehouse.committedHashes`: by key, the hashes of what was committed under it.
 *
 * @param keysAQuestion 1 to 1000
 */
export async function findCommittedHashes(
  { dialect, ask }: ReaderOptions,
  keys: readonly string[],
  keysAQuestion = 1000,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wanted = new Set(keys);
  const list = [...wanted];
  const hashes = new Map<string, Set<string>>();
  for (let i = 0; i < list.length; i += keysAQuestion) {
    const question = selectCommittedHashes(list.slice(i, i + keysAQuestion), dialect);
    for (const { source_key: key, content_hash: hash } of await ask(question, 'looking for committed files')) {
      // Redshift also finds keys that differ in trailing blanks.
      if (wanted.has(key!)) hashes.set(key!, (hashes.get(key!) ?? new Set()).add(hash!));
    }
  }
  return hashes;
}
