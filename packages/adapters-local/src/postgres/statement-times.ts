/** Who wants to know how long the statements of a commit take. */
export interface StatementTimes {
  /** Told the statement's name, the milliseconds that it took, and how many rows it read or changed. */
  readonly onStatement?: ((name: string, milliseconds: number, rows: number) => void) | undefined;
}

/** @param work gives the number of rows */
export async function timed(
  name: string,
  { onStatement }: StatementTimes,
  work: () => Promise<number>,
): Promise<number> {
  const start = performance.now();
  const rows = await work();
  onStatement?.(name, performance.now() - start, rows);
  return rows;
}
