/** What runs in a thread of `ThreadRowWorkers`. */
import { parentPort } from 'node:worker_threads';
import { AnyId, DimensionIndex, type DimensionIndexState, type PieceResult, PieceWork } from '@weir/core/row-work';
import type { PostedFile, ThreadAnswer, ThreadRequest } from './thread-messages.ts';

const files = new Map<number, PieceWork>();
const port = parentPort!;

port.on('message', (request: ThreadRequest) => {
  switch (request.kind) {
    case 'open':
      files.set(request.file, openFile(request.options));
      break;
    case 'work':
      work(request);
      break;
    case 'drop':
      files.get(request.file)?.drop(request.no);
      break;
    case 'close':
      files.delete(request.file);
      break;
  }
});

function openFile({ products, customers, ...options }: PostedFile): PieceWork {
  return new PieceWork({
    ...options,
    products: openIndex(products),
    customers: openIndex(customers),
  });
}

function openIndex(state: DimensionIndexState): DimensionIndex {
  return state.takesAnyId ? new AnyId() : DimensionIndex.of(state);
}

function work({ file, no, piece, after }: Extract<ThreadRequest, { kind: 'work' }>): void {
  try {
    const result = files.get(file)!.work(no, piece, after);
    answer({ kind: 'result', result }, blocksOf(result));
  } catch (error) {
    answer({ kind: 'fault', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function answer(message: ThreadAnswer, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

/** The memory of the lines, which is handed over and not copied. */
function blocksOf({ rows, rejects }: PieceResult): readonly ArrayBuffer[] {
  return [...rows, ...rejects].map(({ buffer }) => buffer as ArrayBuffer);
}
