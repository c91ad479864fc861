export interface Page<Item> {
  readonly items: readonly Item[];
  /** The last item, where more come behind it. */
  readonly next: Item | undefined;
}

/** Entries on a page. */
const PAGE_SIZE = 50;

/** What is to be asked for to know whether there is more. */
export const ASKED = PAGE_SIZE + 1;

export async function takePage<Item>(batches: AsyncIterable<readonly Item[]>): Promise<Page<Item>> {
  const found: Item[] = [];
  for await (const batch of batches) {
    found.push(...batch);
    if (found.length >= ASKED) break;
  }
  return toPage(found);
}

export function toPage<Item>(found: readonly Item[]): Page<Item> {
  const items = found.slice(0, PAGE_SIZE);
  return { items, next: found.length > PAGE_SIZE ? items.at(-1) : undefined };
}
