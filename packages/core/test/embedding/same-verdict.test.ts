import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRules, type PolicyInput, parsePolicy, type SourcedFact } from '../../src/index.ts';
import type { FaultCode } from '../../src/rules/faults.ts';
import { TRANSACTION_COLUMNS } from '../../src/rules/transaction-columns.ts';
import type { DimensionIndex } from '../../src/staging/dimension-index.ts';
import { buildDelivery } from '../../src/testing/build-delivery.ts';
import { buildStagedRow } from '../../src/testing/build-staged-row.ts';
import { commitDeliveries } from '../../src/testing/commit-deliveries.ts';
import { InMemoryWarehouse } from '../../src/testing/in-memory-warehouse.ts';
import { CUSTOMERS, indexOf, PRODUCTS } from '../support/dimensions.ts';
import { runRowPath } from '../support/run-row-path.ts';
import { oddTransactionRow, transactionRow } from '../support/transaction-rows.ts';
import { writeRecord, writingStyle } from '../support/write-csv.ts';

const rules = createRules(parsePolicy());
const row = fc.oneof(transactionRow, oddTransactionRow);
const fileDay = fc.constantFrom('2023-03-15', undefined);
const HEADER = `${TRANSACTION_COLUMNS.join(',')}\n`;

let products: DimensionIndex;
let customers: DimensionIndex;
beforeAll(async () => {
  products = await indexOf(PRODUCTS);
  customers = await indexOf(CUSTOMERS);
});

/** What embedded rules say about a row of a file or an object, as the row path would: a staged row, or codes. */
function follow(verdict: ReturnType<typeof rules.validate>) {
  if (verdict.kind === 'malformed') throw new Error('A row of text is never malformed.');
  if (verdict.kind === 'rejected') return { codes: verdict.faults.map(({ code }) => code), isJoined: false };
  const { transaction } = verdict;
  const [product_name = '', category = '', supplier_id = '', price = ''] = PRODUCTS.get(transaction.product_id) ?? [];
  const [membership_level = ''] = CUSTOMERS.get(transaction.customer_id) ?? [];
  const enrichment = rules.enrich(transaction, {
    product: PRODUCTS.has(transaction.product_id) ? { product_name, category, supplier_id, price } : undefined,
    customer: CUSTOMERS.has(transaction.customer_id) ? { membership_level } : undefined,
  });
  if (enrichment.kind === 'enriched') return { row: enrichment.transaction };
  return { codes: enrichment.faults.map(({ code }) => code), isJoined: true };
}

function requireSame(embedded: ReturnType<typeof follow>, staged: object | undefined, codes: readonly FaultCode[]) {
  if (embedded.row !== undefined) {
    expect(staged).toMatchObject({ ...embedded.row });
    return;
  }
  // A row that breaks a rule by itself is not joined: the row path tells more of it.
  const known = embedded.isJoined ? codes : codes.filter((code) => !code.endsWith('-unknown') || !isJoinCode(code));
  expect(known).toEqual(embedded.codes);
}

function isJoinCode(code: FaultCode): boolean {
  return code === 'product-unknown' || code === 'customer-unknown';
}

describe('embedded rules have the verdict, the codes and the values of the row path', () => {
  test('for any object', () => {
    fc.assert(
      fc.property(row, fileDay, (object, day) => {
        const record = writeRecord(
          TRANSACTION_COLUMNS.map((column) => object[column]),
          { quotes: [true], blanks: [''], end: '\n' },
        );
        const read = runRowPath([`${HEADER}${record}`], { products, customers, fileDay: day });
        const codes = read.rejects.flatMap(({ faults }) => faults.map(({ code }) => code));
        requireSame(follow(rules.validate(object, { fileDay: day })), read.rows[0], codes);
      }),
      { numRuns: 600 },
    );
  });

  const record = fc.tuple(row, writingStyle).map(
    ([object, style]) =>
      `${writeRecord(
        TRANSACTION_COLUMNS.map((column) => object[column]),
        style,
      )}${style.end}`,
  );
  const noise = fc.constantFrom('"', '\n', 'a,b\n', ' \t\r\n', '\0\n', '"a\n', 'x'.repeat(2000));

  test('for any file, line by line', () => {
    const policy = { ...rules.policy, maxRecordBytes: 1024 };
    const strict = createRules(policy);
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 4, arbitrary: record }, noise), { maxLength: 8 }),
        fileDay,
        (lines, day) => {
          const csv = new TextEncoder().encode(HEADER + lines.join(''));
          const read = runRowPath([csv.slice()], { policy, products, customers, fileDay: day });
          const rows = new Map(read.rows.map((staged) => [staged.source_line, staged]));
          const rejects = new Map(read.rejects.map((reject) => [reject.source_line, reject]));
          const embedded = [...strict.validateCsv(csv, { fileDay: day })];
          expect(embedded.length).toBe(rows.size + rejects.size);
          for (const verdict of embedded) {
            if (verdict.kind === 'refused') throw new Error('The header is there.');
            const codes = (rejects.get(verdict.line)?.faults ?? []).map(({ code }) => code);
            requireSame(follow(verdict), rows.get(verdict.line), codes);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('decide', () => {
  const side = fc.record({
    quantity: fc.integer({ min: 1, max: 2 }),
    transaction_date: fc.constantFrom('2023-03-14', '2023-03-15'),
    status: fc.constantFrom('Completed', 'Refunded'),
    source_key: fc.constantFrom('a.csv', 'part-\uffee.csv', 'part-😀.csv'),
    source_day: fc.constantFrom('2023-03-14', '2023-03-15'),
    source_modified: fc.integer({ min: 9, max: 10 }),
    source_line: fc.integer({ min: 2, max: 3 }),
  });

  test('has the verdict of a warehouse, names the field that it names, and leaves the row that it leaves', async () => {
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        fc.constantFrom<string[]>([], ['Refunded']),
        async (first, second, terminalStatuses) => {
          const policy: PolicyInput = { decisions: 'all', terminalStatuses };
          const embedded = createRules(policy);
          const warehouse = new InMemoryWarehouse();
          const [stored, incoming] = [toFact(first), toFact(second)];
          await commitDeliveries(warehouse, 'run-1', [toDelivery(stored, 1)], { policy });
          await commitDeliveries(warehouse, 'run-2', [toDelivery(incoming, 2)], { policy });
          const decision = embedded.decide(stored, incoming);
          const kept = (await warehouse.decisions()).find(({ run_id }) => run_id === 'run-2');
          expect([decision.verdict, decision.decidedBy]).toEqual([kept?.verdict, kept?.decided_by]);
          for await (const [fact] of warehouse.facts()) {
            expect(fact).toMatchObject(decision.advancesVersion ? incoming : stored);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;

  function toFact({ source_key, source_day, source_modified, ...values }: Side): SourcedFact {
    const { file_no: _, ...staged } = buildStagedRow(values);
    return { ...staged, source_key, source_day, source_modified };
  }

  function toDelivery({ source_key, source_day, source_modified, ...staged }: SourcedFact, contentNo: number) {
    return buildDelivery({
      key: source_key,
      sourceDay: source_day,
      sourceModified: source_modified,
      contentHash: `sha256:${String(contentNo).repeat(64)}`,
      rows: [staged],
    });
  }
});
