/** Texts of others, made fit for where people look at them, and how amounts and books are told. Light enough for a command that has to start at once. */
export { BOOK_NAMES } from '../ports/books.ts';
export * from '../ports/rejects-by-code.ts';
export { VERDICTS } from '../rules/verdict.ts';
export * from './csv-cell.ts';
export * from './describe-books.ts';
export * from './format-amount.ts';
export * from './html-text.ts';
export * from './printable.ts';
export * from './short-key.ts';
