import { ServiceFault } from '../server/service.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a client sent; each operation checks what it takes.
type Entry = Record<string, any>;

/**
 * Does each entry by itself: one that fails is told beside those that did not.
 *
 * @throws ServiceFault `EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `BatchEntryIdsNotDistinct`
 */
export function runBatch(entries: readonly Entry[] | undefined, run: (entry: Entry) => unknown): unknown {
  if (!entries?.length)
    throw new ServiceFault('EmptyBatchRequest', 'There should be at least one entry in the request.');
  if (entries.length > 10) throw new ServiceFault('TooManyEntriesInBatchRequest', 'A batch has at most 10 entries.');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new ServiceFault('BatchEntryIdsNotDistinct', 'Two entries of the batch have one Id.');
  }
  const Successful: unknown[] = [];
  const Failed: unknown[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...(run(entry) as object | undefined) });
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
}
