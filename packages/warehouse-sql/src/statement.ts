/** A value that travels beside the text of a statement. Whole numbers only; decimals and times travel as text. */
export type SqlValue = string | number;

export interface Parameter {
  /** Unique among the statements of a plan: in Redshift a batch shares the names of its parameters. */
  readonly name: string;
  readonly value: SqlValue;
}

/** One statement of a plan. Its values are never part of its text where the protocol can carry them. */
export interface Statement {
  /** What the statement does, for logs, timings and errors. */
  readonly name: string;
  readonly text: string;
  /** In the order of their placeholders: `$1` in Postgres, `:name` in Redshift. */
  readonly parameters: readonly Parameter[];
}

/** A statement without values. */
export function toStatement(name: string, text: string): Statement {
  return { name, text, parameters: [] };
}
