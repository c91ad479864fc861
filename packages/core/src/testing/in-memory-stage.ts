import { PortError } from '../ports/port-error.ts';
import type { CommittedRun, PreviewedRun, RunToCommit, RunToPreview, Stage } from '../ports/warehouse.port.ts';
import { decodeStagedRejects, decodeStagedRows } from './decode-stage.ts';
import type { StagedContent } from './in-memory-commit.ts';

/** What a stage ends in. */
export interface StageEnds {
  commit(run: RunToCommit, staged: StagedContent): CommittedRun;
  preview(run: RunToPreview, staged: StagedContent): PreviewedRun;
}

export class InMemoryStage implements Stage {
  readonly #ends: StageEnds;
  readonly #rows: Uint8Array[] = [];
  readonly #rejects: Uint8Array[] = [];
  #isOpen = true;

  constructor(ends: StageEnds) {
    this.#ends = ends;
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#rows.push(lines);
  }

  async writeRejects(lines: Uint8Array): Promise<void> {
    this.#requireOpen();
    this.#rejects.push(lines);
  }

  async commit(run: RunToCommit): Promise<CommittedRun> {
    this.#requireOpen();
    return this.#ends.commit(run, this.#content());
  }

  async preview(run: RunToPreview): Promise<PreviewedRun> {
    this.#requireOpen();
    this.#isOpen = false;
    return this.#ends.preview(run, this.#content());
  }

  async close(): Promise<void> {
    this.#isOpen = false;
  }

  #content(): StagedContent {
    return { rows: this.#rows.flatMap(decodeStagedRows), rejects: this.#rejects.flatMap(decodeStagedRejects) };
  }

  #requireOpen(): void {
    if (this.#isOpen) return;
    throw new PortError({
      code: 'warehouse.stage-closed',
      message: 'The stage of this run was closed or previewed already.',
    });
  }
}
