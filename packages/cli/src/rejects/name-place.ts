import type { RejectPlace } from '@weir/core';
import { printable, shortKey } from '@weir/core/text';

/** `FILE:LINE`, without the folders where only one of the files has this name. */
export function namePlace({ key, line }: RejectPlace, all: readonly RejectPlace[]): string {
  const keys = [...new Set(all.map((place) => place.key))];
  return `${printable(shortKey(key, keys))}:${line}`;
}
