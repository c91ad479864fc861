import { decodeStagedLines, type Fact, type UndoStep } from '@weir/core';
import { readFact } from '../results/read-fact.ts';
import { readUndoStep } from '../undo/read-undo-step.ts';
import { wholeLines } from './whole-lines.ts';

/** A fact has at least some 70 bytes, so this is never more than some thousand facts. */
const BYTES_OF_FACTS = 256 * 1024;
/** A step has at least some 16 bytes, so this is never more than some thousand steps. */
const BYTES_OF_STEPS = 64 * 1024;

/** The result of `selectFacts` as facts, in batches. @param chunks staged text, cut anywhere */
export function readFacts(chunks: AsyncIterable<Uint8Array>): AsyncIterable<readonly Fact[]> {
  return readStaged(chunks, BYTES_OF_FACTS, readFact);
}

/** The result of `selectUndoSteps` as steps, in batches. @param chunks staged text, cut anywhere */
export function readUndoSteps(chunks: AsyncIterable<Uint8Array>): AsyncIterable<readonly UndoStep[]> {
  return readStaged(chunks, BYTES_OF_STEPS, readUndoStep);
}

async function* readStaged<Entry>(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
  read: (values: readonly string[]) => Entry,
): AsyncGenerator<readonly Entry[]> {
  for await (const lines of wholeLines(chunks, bytes)) yield decodeStagedLines(lines).map(read);
}
