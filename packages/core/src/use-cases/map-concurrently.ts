/** Maps with at most so many under way at once; answers in the order of the items. The first fault ends it. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  map: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  let isBroken = false;
  const work = async (): Promise<void> => {
    while (next < items.length && !isBroken) {
      const place = next++;
      try {
        results[place] = await map(items[place]!);
      } catch (error) {
        isBroken = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
