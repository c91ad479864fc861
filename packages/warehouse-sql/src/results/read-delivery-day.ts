import type { DeliveryDay } from '@weir/core';
import { readBooks } from './read-books.ts';
import type { TextRow } from './text-row.ts';

/** A row of `selectDays`. */
export function readDeliveryDay(row: TextRow): DeliveryDay {
  return {
    day: row.source_day!,
    loaded: Number(row.loaded_files),
    empty: Number(row.empty_files),
    refused: Number(row.refused_files),
    books: readBooks(row),
  };
}
