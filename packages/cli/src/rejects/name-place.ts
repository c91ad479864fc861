import type { RejectPlace } from '@weir/core';
import { printable } from '@weir/core/text';

/** `FILE:LINE`, without the folders where only one of the files has this name. */
export function namePlace({ key, line }: RejectPlace, all: readonly RejectPlace[]): string {
  const name = nameOf(key);
  const isUnique = all.every((other) => other.key === key || nameOf(other.key) !== name);
  return `${printable(isUnique ? name : key)}:${line}`;
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
