import { isPortError } from '../../ports/port-error.ts';
import type { RunRecord } from '../../ports/run-history.port.ts';
import type { UndoCounts } from '../../ports/undo-event.ts';
import { toRunProblem } from '../to-run-problem.ts';
import { PreparedUndo } from './prepared-undo.ts';
import type { UndoBooks, UndoOptions, UndoOutcome, UndoPorts } from './undo-options.ts';

/** How often an undo is tried while others commit. */
const MOST_TRIES = 5;

/**
 * Takes back what a run brought: each of its facts is afterwards what it would be without the run's deliveries. Rows of
 * other runs are read again from the archive, by the policy and the dimensions in force, and keep the version of their
 * delivery. What cannot be put back stays and is told. May be killed and repeated at any point.
 *
 * @throws PortError (nothing was changed, but for `warehouse.commit-unknown`), or the signal's reason
 */
export async function undoRun(ports: UndoPorts, options: UndoOptions): Promise<UndoOutcome> {
  for (let tries = 1; ; tries++) {
    const run = await ports.history.run(options.runId);
    if (run === undefined) return { kind: 'unknown' };
    if (run.status === 'failed') return { kind: 'failed' };
    if (run.undoneAt !== undefined) return { kind: 'undone-before', undoneAt: run.undoneAt };
    try {
      return await undoOnce(ports, options, run);
    } catch (error) {
      // Somebody committed meanwhile: what is to be done now is something else. Or somebody undid it.
      const isOutdated = isPortError(error) && /^warehouse\.(undo-outdated|not-undoable)$/.test(error.code);
      if (!isOutdated || tries === MOST_TRIES) throw error;
    }
  }
}

async function undoOnce(ports: UndoPorts, options: UndoOptions, { totals }: RunRecord): Promise<UndoOutcome> {
  const prepared = new PreparedUndo(ports, options);
  try {
    await prepared.prepare();
    const books = prepared.books(totals.inserted + totals.updated + totals.unchanged);
    if (!(await options.confirm(books))) return { kind: 'left', books };
    options.signal?.throwIfAborted();
    const undoneAt = ports.clock.now();
    await commit(prepared, undoneAt, books, options);
    return { kind: 'undone', undoneAt, books };
  } finally {
    await prepared.close();
  }
}

async function commit(prepared: PreparedUndo, undoneAt: number, books: UndoBooks, options: UndoOptions): Promise<void> {
  const { runId, signal, onEvent } = options;
  onEvent?.({ kind: 'undo-started', runId });
  try {
    await prepared.commit(undoneAt);
  } catch (error) {
    onEvent?.({ kind: 'undo-failed', runId, problem: toRunProblem(error, signal) });
    throw error;
  }
  onEvent?.({ kind: 'undo-ended', runId, undoneAt, counts: countUndo(books) });
}

function countUndo({ facts, restored, deleted, left, replaced }: UndoBooks): UndoCounts {
  return { facts, restored, deleted, left: left.reduce((sum, some) => sum + some.facts, 0), replaced };
}
