import { DIALECTS, type Dialect } from './dialect.ts';
import { formatTimestamp } from './format-timestamp.ts';
import { quoteLiteral } from './quote-literal.ts';
import type { Parameter, SqlValue, Statement } from './statement.ts';
import { LONGEST_TEXT } from './tables/column-types.ts';

export const NULL_INTEGER = 'CAST(NULL AS BIGINT)';

/** Collects the values of one statement while its text is written; each method returns what stands for the value. */
export class ParameterList {
  readonly #statement: string;
  readonly #dialect: Dialect;
  readonly #parameters: Parameter[] = [];

  /** @param statement name of the statement */
  constructor(statement: string, dialect: Dialect) {
    this.#statement = statement;
    this.#dialect = dialect;
  }

  /** @throws RangeError for a NUL character, which neither database can keep */
  text(value: string): string {
    if (value.includes('\0')) throw new RangeError('A text with a NUL character cannot be a value of SQL.');
    const { takesEmptyParameters, type } = DIALECTS[this.#dialect];
    if (value === '' && !takesEmptyParameters) return quoteLiteral(value, this.#dialect);
    return `CAST(${this.#add(value)} AS ${type({ kind: 'text', bytes: LONGEST_TEXT })})`;
  }

  /** @param value whole */
  integer(value: number): string {
    return `CAST(${this.#add(value)} AS BIGINT)`;
  }

  /** @param value whole, or undefined for NULL */
  integerOrNull(value: number | undefined): string {
    return value === undefined ? NULL_INTEGER : this.integer(value);
  }

  /** @param milliseconds since 1970-01-01 UTC */
  timestamp(milliseconds: number): string {
    return `CAST(${this.#add(formatTimestamp(milliseconds))} AS TIMESTAMP)`;
  }

  toStatement(text: string): Statement {
    return { name: this.#statement, text, parameters: this.#parameters };
  }

  #add(value: SqlValue): string {
    const place = this.#parameters.length + 1;
    const name = `${this.#statement.replaceAll('-', '_')}_${place}`;
    this.#parameters.push({ name, value });
    return DIALECTS[this.#dialect].placeholder(name, place);
  }
}
