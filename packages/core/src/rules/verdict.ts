/** What becomes of a data row: exactly one of these. */
export const VERDICTS = ['inserted', 'updated', 'unchanged', 'stale', 'duplicate', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What becomes of a row that is the only or best one of its transaction_id in a commit. */
export type UpsertVerdict = Exclude<Verdict, 'duplicate' | 'rejected'>;
