import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Books } from '../../src/ports/books.ts';
import type { DimensionCatalog, DimensionName } from '../../src/ports/dimension-catalog.port.ts';
import type { Fact, FactReader } from '../../src/ports/fact-reader.port.ts';
import type { Warehouse } from '../../src/ports/warehouse.port.ts';
import { DIMENSION_COLUMNS } from '../../src/rules/dimension-columns.ts';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import { FixedClock } from '../../src/testing/fixed-clock.ts';
import { InMemoryLandingZone } from '../../src/testing/in-memory-landing-zone.ts';
import type { StoredReject } from '../../src/testing/stored-rows.ts';
import { InProcessTransformer } from '../../src/use-cases/in-process-transformer.ts';
import { ingestRun } from '../../src/use-cases/ingest-run.ts';
import { loadDimensions } from '../../src/use-cases/load-dimensions.ts';
import { trimBlanks, writeRecord } from './write-csv.ts';

export interface TextsPorts {
  readonly catalog: DimensionCatalog;
  readonly warehouse: Warehouse;
  readonly facts: FactReader;
  rejects(): Promise<readonly StoredReject[]>;
  /** The rows of a dimension's table by its id, as the database gives them. */
  dimension(name: DimensionName): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>>;
}

/** A row of the file, and the column of it that holds the text. */
export interface SentRow {
  readonly column: string;
  /** Of the text. */
  readonly place: number;
  readonly line: number;
  /** As delivered, without its line break. */
  readonly record: string;
  readonly values: Readonly<Record<string, string>>;
}

export interface SentTexts {
  readonly sent: readonly SentRow[];
  readonly totals: Books;
  /** Values of dimension files that were refused. */
  readonly refusedValues: number;
  readonly facts: ReadonlyMap<string, Fact>;
  /** By line. */
  readonly rejects: ReadonlyMap<number, StoredReject>;
  readonly products: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly customers: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

const QUOTED = { quotes: [true], blanks: [''], end: '\n' };
const ROW = { quantity: '2', price: '4.50', transaction_date: '2023-03-15', payment_type: 'Cash', status: 'Pending' };

/** The text where the column of a dimension has room for it, else nothing: a file with a longer one is refused as a whole. */
export function fit(text: string, dimension: DimensionName, column: string): string {
  const { bytes = 0 } = DIMENSION_COLUMNS[dimension].find(({ name }) => name === column)!;
  return Buffer.byteLength(trimBlanks(text)) <= bytes ? text : '';
}

/** The key of the row of a text in a dimension. */
export const keyOf = (place: number) => `row-${place}`;

/**
 * Sends every text through every column: of the dimensions in files of products and customers, of a transaction in a file with
 * a row for each text and column, and one with the dimension rows of the text. Tells what the database holds then.
 */
export async function sendTexts(ports: TextsPorts, texts: readonly string[]): Promise<SentTexts> {
  const { catalog, warehouse } = ports;
  // No file here is packed.
  const unpacker = { unpack: (chunks: AsyncIterable<Uint8Array>) => chunks };
  const load = (write: (dimension: DimensionName, texts: readonly string[]) => string) => {
    const sources = (['products', 'customers'] as const).map((dimension) => {
      return { dimension, name: `${dimension}.csv`, chunks: feed(write(dimension, texts)) };
    });
    return loadDimensions({ dimensions: catalog, unpacker }, sources);
  };
  const loaded = await load(dimensionFile);
  if (loaded.kind === 'refused') throw new Error(`refused: ${JSON.stringify(loaded.sources)}`);
  const refused = await load(badFile);
  if (refused.kind === 'loaded') throw new Error('bad values were loaded');
  const refusedValues = refused.sources.reduce((sum, { problemCount }) => sum + problemCount, 0);

  const landing = new InMemoryLandingZone();
  const sent = transactionRows(texts);
  landing.put('texts.csv', [TRANSACTION_COLUMNS.join(','), ...sent.map(({ record }) => record), ''].join('\n'));
  const transformer = new InProcessTransformer({ landing, unpacker, dimensions: catalog, warehouse });
  const run = { landing, transformer, warehouse, clock: new FixedClock() };
  const { totals } = await ingestRun(run, { runId: 'run-1', policy: parsePolicy() });

  const facts = new Map<string, Fact>();
  for await (const batch of ports.facts.facts()) for (const fact of batch) facts.set(fact.transaction_id, fact);
  const rejects = new Map((await ports.rejects()).map((reject) => [reject.source_line, reject]));
  const [products, customers] = [await ports.dimension('products'), await ports.dimension('customers')];
  return { sent, totals, refusedValues, facts, rejects, products, customers };
}

function dimensionFile(dimension: DimensionName, texts: readonly string[]): string {
  const columns = DIMENSION_COLUMNS[dimension].map(({ name }) => name);
  const [id, ...others] = columns;
  const row = (key: string, text: string) =>
    writeRecord([key, ...others.map((column) => (column === 'price' ? '1.00' : fit(text, dimension, column)))], QUOTED);
  // The texts are ids too, each once.
  const ids = new Set(texts.map((text) => trimBlanks(fit(text, dimension, id!))).filter(Boolean));
  const lines = [...texts.map((text, place) => row(keyOf(place), text)), ...[...ids].map((text) => row(text, 'x'))];
  return [columns.join(','), ...lines, ''].join('\n');
}

/** Only what is too long for its column, or blank in that of the id, with a good value in all others. */
function badFile(dimension: DimensionName, texts: readonly string[]): string {
  const columns = DIMENSION_COLUMNS[dimension].map(({ name }) => name);
  const lines = columns.flatMap((column, slotOfText) => {
    const isBad = (text: string) =>
      fit(text, dimension, column) !== text || (slotOfText === 0 && trimBlanks(text) === '');
    return (column === 'price' ? [] : texts.filter(isBad)).map((text, place) => {
      const values = columns.map((name, slot) => {
        if (name === column) return text;
        return slot === 0 ? `${column}-${place}` : name === 'price' ? '1.00' : 'x';
      });
      return writeRecord(values, QUOTED);
    });
  });
  return [columns.join(','), ...lines, ''].join('\n');
}

function transactionRows(texts: readonly string[]): SentRow[] {
  const rows: SentRow[] = [];
  for (const column of [...TRANSACTION_COLUMNS, 'none']) {
    texts.forEach((text, place) => {
      const key = keyOf(place);
      const plain = { transaction_id: `${column}-${place}`, customer_id: key, product_id: key, ...ROW };
      const values: Record<string, string> = column === 'none' ? plain : { ...plain, [column]: text };
      const record = writeRecord(
        TRANSACTION_COLUMNS.map((name) => values[name]!),
        QUOTED,
      );
      rows.push({ column, place, line: rows.length + 2, record, values });
    });
  }
  return rows;
}

async function* feed(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
