import type { Books } from '@weir/core';
import { BOOK_NAMES } from '@weir/core/text';
import { type Column, membersOf } from './column.ts';

/** The books of a file or a run, for programs. */
export const BOOKS_COLUMNS: readonly Column<Books>[] = membersOf(...BOOK_NAMES);
