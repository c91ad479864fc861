import type { ColumnType } from './tables/column-type.ts';

/** The databases that the statements are written for. */
export type Dialect = 'postgres' | 'redshift';

/** All that differs between the dialects. Whatever is not here is the same text in both. */
export interface DialectTraits {
  /** The type of a column, with its collation where the order of text matters. */
  type(type: ColumnType): string;
  placeholder(name: string, place: number): string;
  /** Whether a placeholder may carry an empty string. */
  takesEmptyParameters: boolean;
  /** A text of which trailing blanks count and which is ordered by its bytes. */
  exactText(expression: string): string;
  /** Whether rows can be compared: `(a, b) < (c, d)`. */
  comparesRows: boolean;
  /** Clauses after the columns of a table. */
  tableClauses(distribution: string | undefined): string;
  /** Whether PRIMARY KEY and indexes do something; else the commit looks for doubled keys itself. */
  enforcesKeys: boolean;
  /** Prefix of a string literal whose text holds a backslash, and how the backslash is written there. */
  backslashLiteral(text: string): string;
  /** The column that tells where a row lies; undefined where rows are found by their key only. */
  rowAddress: string | undefined;
  /** Whole milliseconds since the transaction began; NULL where that cannot be asked. */
  sinceBegin: string;
  /** Statistics of columns that were just filled, where the planner needs them. */
  analyze(table: string, columns: readonly string[]): readonly string[];
  /** Settings of the transaction, where the planner needs help. */
  tuning: {
    readonly decide: readonly string[];
    readonly change: readonly string[];
    readonly record: readonly string[];
  };
}

const MEBIBYTES_OF_SORT = 64;
/** The planner's other ways to a stored row than its address. */
const LOOK_UPS = ['hashjoin', 'mergejoin', 'indexscan', 'bitmapscan'];

export const DIALECTS: Readonly<Record<Dialect, DialectTraits>> = {
  postgres: {
    type: postgresType,
    placeholder: (_, place) => `$${place}`,
    takesEmptyParameters: true,
    exactText: (expression) => expression,
    comparesRows: true,
    tableClauses: () => '',
    enforcesKeys: true,
    backslashLiteral: (text) => `E'${text.replaceAll('\\', '\\\\')}'`,
    rowAddress: 'ctid',
    sinceBegin: 'CAST(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP() - TRANSACTION_TIMESTAMP()) * 1000 AS BIGINT)',
    analyze: (table, columns) => [`ANALYZE ${table} (${columns.join(', ')})`],
    tuning: {
      decide: [
        `SET LOCAL work_mem = '${MEBIBYTES_OF_SORT}MB'`,
        'SET LOCAL jit = off',
        // Rows in the order of the key make one sort feed the window, a merge join, and inserts in index order.
        'SET LOCAL enable_hashjoin = off',
        // Statistics of a tenth of the usual sample tell apart all that the plans depend on.
        'SET LOCAL default_statistics_target = 10',
      ],
      // Verdicts come in the order of the key and know the address of their row: nothing is left to sort or to look up.
      // The planner takes the key's index for cheaper than an address, which it is not.
      change: LOOK_UPS.map((plan) => `SET LOCAL enable_${plan} = off`),
      // But to find the winners of a few duplicates the planner would sort all verdicts, where a look at each does.
      record: LOOK_UPS.filter((plan) => plan !== 'mergejoin').map((plan) => `SET LOCAL enable_${plan} = on`),
    },
  },
  redshift: {
    type: redshiftType,
    placeholder: (name) => `:${name}`,
    takesEmptyParameters: false,
    // Redshift ignores trailing blanks in comparisons. A last character below all others keeps them and the byte order.
    exactText: (expression) => `(${expression} || CHR(1))`,
    comparesRows: false,
    tableClauses: (distribution) =>
      distribution === undefined ? '' : ` DISTKEY (${distribution}) SORTKEY (${distribution})`,
    enforcesKeys: false,
    // Whether a backslash escapes in a literal depends on a setting there; CHR(92) does not.
    backslashLiteral: (text) => `('${text.split('\\').join(`' || CHR(92) || '`)}')`,
    rowAddress: undefined,
    sinceBegin: 'CAST(NULL AS BIGINT)',
    analyze: () => [],
    tuning: { decide: [], change: [], record: [] },
  },
};

function postgresType(type: ColumnType): string {
  switch (type.kind) {
    case 'key':
      return 'TEXT COLLATE "C"';
    case 'text':
      return 'TEXT';
    case 'decimal':
      return `DECIMAL(${type.digits}, 2)`;
    case 'timestamp':
      return 'TIMESTAMP(3)';
    default:
      return type.kind.toUpperCase();
  }
}

function redshiftType(type: ColumnType): string {
  switch (type.kind) {
    case 'key':
    case 'text':
      return `VARCHAR(${type.bytes})`;
    case 'decimal':
      return `DECIMAL(${type.digits}, 2)`;
    default:
      return type.kind.toUpperCase();
  }
}
