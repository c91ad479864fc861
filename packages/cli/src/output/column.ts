/** Numbers are shown to people with thousands marks, and to programs as digits. */
export type Cell = string | number | bigint | boolean | null | undefined;

/** One column of what a command tells, for people and for programs. */
export interface Column<Row> {
  /** Above it in CSV; the same name as in the JSON document. */
  readonly name: string;
  readonly value: (row: Row) => Cell;
  /** Above it for people, where that is another word. */
  readonly title?: string;
  /** For people, where the value is not fit to be read. */
  readonly show?: (row: Row) => string;
  /** For programs alone: a table of everything would be too wide. */
  readonly only?: 'csv';
  /** May be cut in its middle where the terminal is narrow; at most one column. */
  readonly gives?: true;
  /** Left out where the terminal is narrow. */
  readonly spare?: true;
}

/** Members of a row as they are, each under its own name. */
export function membersOf<Name extends string>(
  ...names: readonly Name[]
): Column<Readonly<Partial<Record<Name, Cell>>>>[] {
  return names.map((name) => ({ name, value: (row) => row[name] }));
}
