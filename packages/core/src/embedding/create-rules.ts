import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicyDefinition, PolicyWords, WordsOf } from '../policy/policy-words.ts';
import type { Fact } from '../ports/fact-reader.port.ts';
import { checkTransaction } from '../rules/check-transaction.ts';
import { classBounds, classifyAmount } from '../rules/classify-amount.ts';
import { CONTENT_COLUMNS, decideUpsert, type UpsertDecision } from '../rules/decide-upsert.ts';
import { faultsOf } from '../rules/faults.ts';
import { parseHundredths } from '../rules/hundredths.ts';
import { readDay } from '../rules/read-date.ts';
import { RowRules } from '../rules/row-rules.ts';
import { transactionText } from '../rules/transaction-text.ts';
import { toValidTransaction, type ValidTransaction } from '../rules/valid-transaction.ts';
import { compareVersions, type VersionComparison } from '../rules/version.ts';
import { type VersionColumns, versionOf } from '../rules/version-of.ts';
import { readCsvRows, readCsvRowsOf } from './csv-rows.ts';
import { type Enrichment, enrichTransaction, type TransactionDimensions } from './enrichment.ts';
import type { CsvRow, Validation } from './validation.ts';

/** A fact with the delivery that it came from: an enriched transaction and its `source_*` columns. */
export type SourcedFact = Omit<Fact, 'run_id'>;

export interface ValidateOptions {
  /** `YYYY-MM-DD`: then no transaction may be dated more than one day after it. */
  readonly fileDay?: string | undefined;
}

/** The rules of the pipeline for programs that embed them. Synchronous and pure; one object serves a whole program. */
export interface Rules<Words extends PolicyWords = PolicyWords> {
  /** With all defaults filled in. */
  readonly policy: Policy;

  /**
   * Judges one transaction, given as an object: all its faults at once, those apart that `enrich` finds. Numbers are taken as
   * their digits; what is missing, null or undefined is blank.
   *
   * @throws RangeError where `fileDay` is no day
   */
  validate(transaction: unknown, options?: ValidateOptions): Validation<Words>;

  /**
   * Judges the rows of a CSV file (UTF-8, unpacked) in their order, as they are asked for. One bad record costs one row.
   * The policy's `maxRejectRate` is about a whole file, and left to who counts.
   *
   * @throws RangeError where `fileDay` is no day
   */
  validateCsv(csv: Uint8Array, options?: ValidateOptions): IterableIterator<CsvRow<Words>>;

  /** The same for a file that comes in chunks; memory holds one chunk and one record. It throws what `chunks` throws. */
  validateCsvStream(chunks: AsyncIterable<Uint8Array>, options?: ValidateOptions): AsyncIterableIterator<CsvRow<Words>>;

  /**
   * Joins a valid transaction to its product and its customer.
   *
   * @throws RangeError where the price of the product is no price
   */
  enrich(transaction: ValidTransaction<Words>, dimensions: TransactionDimensions): Enrichment<Words>;

  /**
   * The class of an amount: digits with at most two after the point, such as a `total_amount`.
   *
   * @throws RangeError where it is no such amount
   */
  classifyAmount(amount: string): Words['amountClass'];

  /** Which of two rows wins, and the field that decides. A total order. */
  compareVersions(a: VersionColumns, b: VersionColumns): VersionComparison;

  /**
   * The upsert rule for one transaction_id. Where the decision `advancesVersion`, the incoming row is to be stored as a whole.
   *
   * @throws RangeError where the two rows are of different transactions
   */
  decide(stored: SourcedFact | undefined, incoming: SourcedFact): UpsertDecision;
}

const AMOUNT = /^\d{1,16}(\.\d{1,2})?$/;

/**
 * Rules by a policy, which is the default one as far as nothing is given. Statuses, payment types and classes are typed by
 * the words of a policy that is written in code.
 *
 * @throws PolicyError
 */
export function createRules<const Definition extends PolicyDefinition = Record<never, never>>(
  definition?: Definition,
): Rules<WordsOf<Definition>> {
  // The words of the policy are what the types say: its schema has seen to it.
  return rulesOf(parsePolicy(definition)) as Rules as Rules<WordsOf<Definition>>;
}

function rulesOf(policy: Policy): Rules {
  const bounds = classBounds(policy);
  const undated = new RowRules(policy);
  const rowRules = ({ fileDay }: ValidateOptions = {}) => {
    if (fileDay === undefined) return undated;
    if (readDay(fileDay) !== undefined) return new RowRules(policy, fileDay);
    throw new RangeError(`fileDay is ${JSON.stringify(fileDay)}, but must be a day such as "2023-03-15".`);
  };
  return {
    policy,
    validate: (transaction, options) => validateTransaction(transaction, rowRules(options), policy),
    validateCsv: (csv, options) => readCsvRows(csv, rowRules(options), policy),
    validateCsvStream: (chunks, options) => readCsvRowsOf(chunks, rowRules(options), policy),
    enrich: enrichTransaction,
    classifyAmount: (amount) => policy.amountClasses[classifyAmount(requireAmount(amount), bounds)]!.name,
    compareVersions: (a, b) => compareVersions(versionOf(a, policy), versionOf(b, policy)),
    decide: (stored, incoming) => decide(stored, incoming, policy),
  };
}

function validateTransaction(transaction: unknown, rules: RowRules, policy: Policy): Validation {
  const read = transactionText.safeParse(transaction);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => ({ column: path.map(String).join('.'), message }));
    return { kind: 'malformed', problems };
  }
  const faults = checkTransaction(rules, read.data);
  if (faults !== 0) return { kind: 'rejected', faults: faultsOf(faults) };
  return { kind: 'valid', transaction: toValidTransaction(rules, policy, read.data) };
}

function requireAmount(amount: string): number {
  if (AMOUNT.test(amount)) return parseHundredths(amount);
  throw new RangeError(`The amount is ${JSON.stringify(amount)}, but must be digits such as "100.00".`);
}

function decide(stored: SourcedFact | undefined, incoming: SourcedFact, policy: Policy): UpsertDecision {
  const version = versionOf(incoming, policy);
  if (stored === undefined) return decideUpsert(undefined, version, false);
  if (stored.transaction_id !== incoming.transaction_id) {
    throw new RangeError('Rows of two transactions were compared: look up the stored row by its transaction_id.');
  }
  const hasEqualContent = CONTENT_COLUMNS.every((column) => stored[column] === incoming[column]);
  return decideUpsert(versionOf(stored, policy), version, hasEqualContent);
}
