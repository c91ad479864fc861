export interface Page<Place> {
  readonly after: Place | undefined;
  /** Whole, from 1. */
  readonly limit: number;
}

interface Asked<Place> {
  readonly after?: Place | undefined;
  readonly limit?: number | undefined;
}

/**
 * Entries in pages, each asked for behind the place of the last entry before: between two pages nothing is held, so that what
 * was read can be changed meanwhile.
 *
 * @param limit of all pages; none where it is undefined
 * @param most entries of a page
 */
export async function* readPages<Entry extends Place, Place>(
  { after, limit = Number.POSITIVE_INFINITY }: Asked<Place>,
  most: number,
  readPage: (page: Page<Place>) => Promise<readonly Entry[]>,
): AsyncGenerator<readonly Entry[]> {
  for (let left = limit; left > 0; left -= most) {
    const asked = Math.min(left, most);
    const entries = await readPage({ after, limit: asked });
    if (entries.length > 0) yield entries;
    if (entries.length < asked) return;
    after = entries.at(-1);
  }
}
