import { buildDimensionIndex } from '../../src/staging/build-dimension-index.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { encodeStagedLine } from '../../src/staging/staged-text.ts';

export type Dimension = ReadonlyMap<string, readonly string[]>;

/** product_name, category, supplier_id, list price; one id and one name hold all that staged text escapes. */
export const PRODUCTS: Dimension = new Map([
  ['P-1', ['Kettle', 'Kitchen', 'S-1', '21.50']],
  ['P-2', ['Tab\tand\\back\r\nslash', 'Odd, "things"', '', '0.00']],
  ['p\t3\\', ['日本', 'é', 'S-2', '9999999999.99']],
  ['é'.repeat(32), ['Long', 'id', 'S-3', '1.00']],
  ['P-empty', ['', '', '', '0.10']],
]);

export const CUSTOMERS: Dimension = new Map([
  ['C-1', ['Gold']],
  ['C-2', ['']],
  ['c,"3"\n', ['Sil\tver']],
  ['0', ['Platinum']],
]);

export async function indexOf(dimension: Dimension, chunkBytes = 1 << 16): Promise<DimensionIndex> {
  const lines = [...dimension].map(([id, values]) => encodeStagedLine([id, ...values]));
  const bytes = Buffer.concat(lines);
  async function* chunks() {
    const reused = new Uint8Array(chunkBytes);
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      const piece = bytes.subarray(at, at + chunkBytes);
      reused.set(piece);
      yield reused.subarray(0, piece.length);
      reused.fill(0);
    }
  }
  return buildDimensionIndex(chunks());
}
