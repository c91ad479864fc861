/** The types of columns, in words of neither dialect. */
export type ColumnType =
  /** Text by which rows are found or ordered: by its bytes. `bytes` is the most that Redshift keeps. */
  | { readonly kind: 'key'; readonly bytes: number }
  | { readonly kind: 'text'; readonly bytes: number }
  /** Two places after the point. */
  | { readonly kind: 'decimal'; readonly digits: number }
  | { readonly kind: 'smallint' | 'integer' | 'bigint' | 'date' | 'timestamp' };
