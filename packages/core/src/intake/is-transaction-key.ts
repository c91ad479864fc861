/** Whether a file is taken for one of transactions, by its name; others in the landing place are left alone. */
export function isTransactionKey(key: string): boolean {
  return /\.csv(\.gz)?$/i.test(key);
}
