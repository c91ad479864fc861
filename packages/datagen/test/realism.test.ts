import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { generate } from '../src/index.ts';
import { filesBelow } from './naive-evaluator.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();
const PRODUCTS = 500;
const CUSTOMERS = 2000;

describe('generated data looks like a shop', () => {
  let byDay: string[][][] = [];
  let first: string[][] = [];
  let products: Map<string, string>;
  let levels: Map<string, string>;

  beforeAll(async () => {
    const out = newFolder();
    const counts = { products: PRODUCTS, customers: CUSTOMERS };
    const { landing, dimensions } = await generate({ out, days: 14, rowsPerDay: 3000, faults: 'none', ...counts });
    byDay = filesBelow(landing).map(({ bytes }) => cells(bytes.toString()));
    first = byDay[0]!;
    products = new Map(cells(read(dimensions, 'products.csv')).map((row) => [row[0]!, row.at(-2)!]));
    levels = new Map(cells(read(dimensions, 'customers.csv')).map((row) => [row[0]!, row.at(-1)!]));
  });

  test('a tenth of the products makes about half of the sales, and nearly all are sold', () => {
    const counts = countBy(byDay.flat(), 2);

    expect(shareOfTop(counts, PRODUCTS / 10)).toBeGreaterThan(0.4);
    expect(shareOfTop(counts, PRODUCTS / 10)).toBeLessThan(0.7);
    expect(counts.length).toBeGreaterThan(PRODUCTS * 0.95);
  });

  test('customers come back, some far more often than most', () => {
    const counts = countBy(byDay.flat(), 1);

    expect(shareOfTop(counts, CUSTOMERS / 10)).toBeGreaterThan(0.25);
    expect(counts[0]! / counts[Math.floor(CUSTOMERS / 2)]!).toBeGreaterThan(4);
  });

  test('Saturdays are busier than Tuesdays', () => {
    const [saturday, tuesday] = [byDay[3]!, byDay[6]!];

    expect(saturday.length).toBeGreaterThan(tuesday.length * 1.15);
  });

  test('neighbouring rows share a basket: customer, date and payment type', () => {
    const same = first.filter((row, i) => i > 0 && [1, 5, 6].every((column) => row[column] === first[i - 1]![column]));

    expect(same.length / first.length).toBeGreaterThan(0.5);
    expect(same.length / first.length).toBeLessThan(0.7);
  });

  test('transaction ids increase in byte order with fixed width', () => {
    const ids = first.map(([id]) => id!);

    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids.map((id) => id.length)).size).toBe(1);
  });

  test('prices are the list price or less', () => {
    const ratios = first.map((row) => Number(row[4]) / Number(products.get(row[2]!)));

    expect(Math.max(...ratios)).toBe(1);
    expect(Math.min(...ratios)).toBeGreaterThan(0.69);
    expect(ratios.filter((ratio) => ratio === 1).length / ratios.length).toBeGreaterThan(0.4);
  });

  test('statuses move on in later files, dated on the day of the change or on the first day', () => {
    const firstDate = first[0]![5]!;
    const began = new Map(first.map((row) => [row[0]!, row]));
    const updates = byDay.slice(1).flatMap((rows) => rows.filter(([id]) => began.has(id!)));

    const settled = updates.filter((row) => began.get(row[0]!)![7] === 'Pending').map(([id]) => id);
    expect(new Set(settled).size).toBe(first.filter((row) => row[7] === 'Pending').length);
    const keptDate = updates.filter((row) => row[5] === firstDate).length / updates.length;
    expect(keptDate).toBeGreaterThan(0.4);
    expect(keptDate).toBeLessThan(0.6);
    expect(new Set(updates.map((row) => row[7]))).toEqual(new Set(['Completed', 'Failed', 'Cancelled', 'Refunded']));
  });

  test('every membership level occurs, and those who buy most are on higher ones', () => {
    const platinum = (rows: string[]) => rows.filter((id) => levels.get(id) === 'Platinum').length / rows.length;
    const bySales = [...Map.groupBy(byDay.flat(), (row) => row[1]!)].sort(([, a], [, b]) => b.length - a.length);
    const buyers = bySales.map(([id]) => id);

    expect(new Set(levels.values())).toEqual(new Set(['Bronze', 'Silver', 'Gold', 'Platinum']));
    expect(platinum(buyers.slice(0, 300))).toBeGreaterThan(2 * platinum(buyers.slice(-1000)));
  });
});

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

/** Fine for these files: commas in quotes only occur in columns that are not looked at. */
function cells(csv: string): string[][] {
  const [, ...rows] = csv.trimEnd().split('\n');
  return rows.map((row) => row.split(','));
}

/** How often each value of a column occurs, most frequent first. */
function countBy(rows: string[][], column: number): number[] {
  const groups = Map.groupBy(rows, (row) => row[column]!);
  return [...groups.values()].map(({ length }) => length).sort((a, b) => b - a);
}

function shareOfTop(counts: number[], top: number): number {
  const sum = (numbers: number[]) => numbers.reduce((total, count) => total + count, 0);
  return sum(counts.slice(0, top)) / sum(counts);
}
