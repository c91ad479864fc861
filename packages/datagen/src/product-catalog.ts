import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { csvLine } from './csv-line.ts';
import { type Identifier, identifierFor } from './identifier.ts';
import { productCategories } from './product-vocabulary.ts';
import { centsText } from './put-number.ts';

const SEPARATOR = '\u001f';
const SUPPLIERS_PER_CATEGORY = 12;

/**
 * The product dimension. What a fact repeats of its product is kept as ready bytes in one buffer, because joining it
 * anew for each of ten million facts would be the largest cost of the answer key.
 */
export class ProductCatalog {
  readonly identifier: Identifier;
  /** List prices in minor units, by product index. */
  readonly prices: Int32Array;
  /** Lines of `products.csv` without the header. */
  readonly lines: string;
  readonly #bytes: Buffer;
  readonly #starts: Uint32Array;

  constructor(count: number, seed: number) {
    this.identifier = identifierFor('P', count);
    this.prices = new Int32Array(count);
    this.#starts = new Uint32Array(count + 1);
    const random = xoroshiro128plus(seed);
    const pick = <T>(values: readonly T[]): T => values[uniformInt(random, 0, values.length - 1)] as T;
    const lines: string[] = [];
    const tails: string[] = [];
    for (let index = 0; index < count; index++) {
      const categoryIndex = uniformInt(random, 0, productCategories.length - 1);
      const category = productCategories[categoryIndex]!;
      const kind = pick(category.kinds);
      const name = `${pick(category.adjectives)} ${kind.noun}, ${pick(kind.variants)}`;
      const supplierNumber =
        1 + categoryIndex * SUPPLIERS_PER_CATEGORY + uniformInt(random, 0, SUPPLIERS_PER_CATEGORY - 1);
      const supplier = `S${String(supplierNumber).padStart(3, '0')}`;
      const price = shelfPrice(uniformInt(random, kind.least, kind.most));
      this.prices[index] = price;
      lines.push(csvLine([this.identifier.text(index), name, category.name, centsText(price), supplier]));
      const tail = SEPARATOR + [name, category.name, supplier, centsText(price)].join(SEPARATOR) + SEPARATOR;
      tails.push(tail);
      this.#starts[index + 1] = (this.#starts[index] as number) + Buffer.byteLength(tail);
    }
    this.lines = lines.join('');
    this.#bytes = Buffer.from(tails.join(''));
  }

  /** Writes name, category, supplier and list price with a separator before, between and behind them. */
  putTail(out: Uint8Array, at: number, index: number): number {
    const end = this.#starts[index + 1] as number;
    let to = at;
    for (let from = this.#starts[index] as number; from < end; from++) out[to++] = this.#bytes[from] as number;
    return to;
  }
}

/** Shops like prices that end in .99, .95, .50 or .00. */
function shelfPrice(cents: number): number {
  const endings = [99, 99, 99, 95, 50, 0];
  return Math.floor(cents / 100) * 100 + (endings[cents % endings.length] as number);
}
