import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { benchFolder } from '../harness/places.ts';
import { customerLines, productLines } from './dimension-lines.ts';
import { type TransactionOptions, transactionLines } from './transaction-lines.ts';
import { writeLines } from './write-lines.ts';

const PRODUCTS = 100_000;
const CUSTOMERS = 1_000_000;

const FIRST_DAY = '2023-03-15';
const NEXT_DAY = '2023-03-16';

export interface TransactionFile {
  readonly path: string;
  /** Its place under the landing place. */
  readonly key: string;
  readonly day: string;
  readonly rows: number;
}

export interface TransactionFileOptions {
  readonly rows: number;
  readonly isAllQuoted?: boolean;
  readonly rejectShare?: number;
  /** The delivery of the next day: half of its ids are those of the first one, told of later, half are new. */
  readonly isNextDay?: boolean;
}

/** A file of transactions under its hive path; made where it is not there yet. */
export function transactionFile(options: TransactionFileOptions): TransactionFile {
  const { rows, isAllQuoted = false, rejectShare = 0.02, isNextDay = false } = options;
  const day = isNextDay ? NEXT_DAY : FIRST_DAY;
  const [year, month, date] = day.split('-');
  const key = `transactions/year=${year}/month=${month}/day=${date}/transactions_${day}.csv`;
  const name = `${rows}-rejects-${rejectShare}${isAllQuoted ? '-quoted' : ''}`;
  const lines: TransactionOptions = {
    rows,
    firstId: isNextDay ? rows / 2 : 0,
    day,
    daysBack: isNextDay ? 0 : 89,
    statuses: isNextDay ? ['Completed', 'Cancelled', 'Refunded'] : ['Pending', 'Failed', 'Completed', 'Refunded'],
    rejectShare,
    isAllQuoted,
    products: PRODUCTS,
    customers: CUSTOMERS,
  };
  return { path: made(join(name, key), () => transactionLines(lines)), key, day, rows };
}

export function productFile(): string {
  return made('products.csv', () => productLines(PRODUCTS));
}

export function customerFile(customers = CUSTOMERS): string {
  return made(`customers-${customers}.csv`, () => customerLines(customers));
}

function made(name: string, lines: () => Iterable<string>): string {
  const path = join(benchFolder, 'input', generatorVersion(), name);
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    process.stderr.write(`writing ${name} ...\n`);
    writeLines(path, lines());
  }
  return path;
}

/** Changes with the generator, so that no old file is taken for a new one. */
function generatorVersion(): string {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const hash = createHash('sha256');
  for (const name of sources.sort()) hash.update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 8);
}
