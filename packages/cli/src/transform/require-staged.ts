import type { ReadDelivery } from '@weir/core';
import { CommandError } from '../errors/command-error.ts';
import { EXIT_CODE } from '../exit-code.ts';

/** @throws CommandError where the file was refused, or could not be read */
export function requireStaged(read: ReadDelivery, path: string): Extract<ReadDelivery, { kind: 'staged' }> {
  if (read.kind === 'known') throw new Error(`${path} cannot be known: nothing was committed.`);
  if (read.kind === 'failed') throw new CommandError(read.problem);
  const { refusal } = read.file;
  if (refusal === undefined) return read;
  throw new CommandError({
    code: refusal.code,
    message: `The file ${path} is refused: ${refusal.message}. Nothing was written.`,
    remedy: 'Correct the file.',
    exitCode: EXIT_CODE.refused,
  });
}
