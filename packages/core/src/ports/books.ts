import { VERDICTS } from '../rules/verdict.ts';

/** `read = inserted + updated + unchanged + stale + duplicate + rejected`, or the run fails. */
export interface Books {
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly stale: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** The members of books, in the order of their equation. */
export const BOOK_NAMES = ['read', ...VERDICTS] as const satisfies readonly (keyof Books)[];

export const EMPTY_BOOKS: Books = {
  read: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  stale: 0,
  duplicate: 0,
  rejected: 0,
};

export function addBooks(all: readonly Books[]): Books {
  const sum = (name: keyof Books) => all.reduce((total, books) => total + books[name], 0);
  return Object.fromEntries(BOOK_NAMES.map((name) => [name, sum(name)])) as unknown as Books;
}
