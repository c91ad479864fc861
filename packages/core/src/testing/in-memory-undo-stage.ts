import { PortError } from '../ports/port-error.ts';
import type { UndoStage, UndoToCommit } from '../ports/run-undo.port.ts';

export class InMemoryUndoStage implements UndoStage {
  readonly #commit: (undo: UndoToCommit, rows: readonly Uint8Array[]) => void;
  readonly #rows: Uint8Array[] = [];
  #isOpen = true;

  constructor(commit: (undo: UndoToCommit, rows: readonly Uint8Array[]) => void) {
    this.#commit = commit;
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#rows.push(lines);
  }

  async commit(undo: UndoToCommit): Promise<void> {
    this.#requireOpen();
    this.#isOpen = false;
    this.#commit(undo, this.#rows);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  #requireOpen(): void {
    if (this.#isOpen) return;
    throw new PortError({ code: 'warehouse.stage-closed', message: 'This undo was ended already.' });
  }
}
