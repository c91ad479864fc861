import type { DimensionCatalog, DimensionFeed, DimensionLoad, DimensionName } from '../ports/dimension-catalog.port.ts';
import { decodeStagedLines, encodeStagedLine } from '../staging/staged-text.ts';
import { toTwoPlaces } from './to-two-places.ts';

const COLUMNS = { products: 5, customers: 5 };
const PRICE = 3;
const BYTES_A_CHUNK = 16 * 1024;

type Dimension = ReadonlyMap<string, readonly string[]>;

export class InMemoryDimensionCatalog implements DimensionCatalog {
  #dimensions: Readonly<Record<DimensionName, Dimension>> = { products: new Map(), customers: new Map() };

  async *read(dimension: DimensionName): AsyncIterable<Uint8Array> {
    const lines = [...this.#dimensions[dimension].values()].map((row) => encodeStagedLine(toSnapshot(dimension, row)));
    const bytes = await concat(lines);
    for (let i = 0; i < bytes.length; i += BYTES_A_CHUNK) yield bytes.slice(i, i + BYTES_A_CHUNK);
  }

  async load(feeds: readonly DimensionFeed[]): Promise<readonly DimensionLoad[]> {
    const received: { dimension: DimensionName; rows: string[][] }[] = [];
    for (const { dimension, rows } of feeds) {
      received.push({ dimension, rows: decodeRows(dimension, await concat(rows)) });
    }
    let next = this.#dimensions;
    const loads = received.map(({ dimension, rows }) => {
      const { after, load } = upsert(dimension, next[dimension], rows);
      next = { ...next, [dimension]: after };
      return load;
    });
    this.#dimensions = next;
    return loads;
  }
}

function upsert(dimension: DimensionName, before: Dimension, rows: readonly (readonly string[])[]) {
  const after = new Map(before);
  const counts = { inserted: 0, updated: 0, unchanged: 0 };
  for (const row of rows) {
    const stored = after.get(row[0]!);
    if (stored === undefined) counts.inserted++;
    else if (stored.every((value, i) => value === row[i])) counts.unchanged++;
    else counts.updated++;
    after.set(row[0]!, row);
  }
  return { after, load: { dimension, read: rows.length, ...counts } };
}

function decodeRows(dimension: DimensionName, bytes: Uint8Array): string[][] {
  return decodeStagedLines(bytes).map((row) => {
    if (row.length !== COLUMNS[dimension]) throw new Error(`A line of ${dimension} has ${row.length} values.`);
    return dimension === 'products' ? row.with(PRICE, toTwoPlaces(row[PRICE]!)) : row;
  });
}

/** Names and e-mail addresses of customers stay behind. */
function toSnapshot(dimension: DimensionName, row: readonly string[]): readonly string[] {
  const [id, second, third, fourth, fifth] = row as [string, string, string, string, string];
  return dimension === 'products' ? [id, second, third, fifth, fourth] : [id, fifth];
}

async function concat(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(new Uint8Array(chunk));
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let length = 0;
  for (const part of parts) {
    bytes.set(part, length);
    length += part.length;
  }
  return bytes;
}
