/** Texts of others, made fit for where people look at them. Light enough for a command that has to start at once. */
export * from './csv-cell.ts';
export * from './format-amount.ts';
export * from './html-text.ts';
export * from './printable.ts';
