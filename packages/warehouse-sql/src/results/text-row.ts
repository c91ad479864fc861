/** A row as text, by the names of its columns: nothing goes through floats or a local time. */
export type TextRow = Readonly<Record<string, string | null>>;
