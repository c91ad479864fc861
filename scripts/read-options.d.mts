import type { ParseArgsOptionsConfig, parseArgs } from 'node:util';

export function readOptions<const O extends ParseArgsOptionsConfig>(
  options: O,
): ReturnType<typeof parseArgs<{ options: O }>>['values'];
