import type { UndoSource, UndoStep } from '../../ports/run-undo.port.ts';
import type { StageWriter } from '../../ports/warehouse.port.ts';
import { findStagedLines } from './find-staged-lines.ts';
import { LeftFacts } from './left-facts.ts';
import type { StepCursor } from './step-cursor.ts';
import type { LeftReason } from './undo-options.ts';

type RestoreStep = Extract<UndoStep, { kind: 'restore' }>;

/**
 * Takes the rows of one delivery, in the order of their lines, and lets those through that the steps ask for. What is asked for
 * and does not come is left.
 */
export class SourceRows implements StageWriter {
  /** Rows that were let through. */
  restored = 0;
  private readonly cursor: StepCursor;
  private readonly source: UndoSource;
  private readonly write: (line: Uint8Array) => Promise<void>;
  private readonly missing = new LeftFacts();
  /** All steps so far, whether or not their rows came. */
  private readonly asked = new LeftFacts();

  constructor(cursor: StepCursor, source: UndoSource, write: (line: Uint8Array) => Promise<void>) {
    this.cursor = cursor;
    this.source = source;
    this.write = write;
  }

  async writeRows(lines: Uint8Array): Promise<void> {
    for (const { start, end, sourceLine } of findStagedLines(lines)) {
      const step = await this.findStep(sourceLine);
      if (step?.line !== sourceLine) continue;
      this.pass(step);
      this.restored++;
      await this.write(lines.subarray(start, end));
    }
  }

  async writeRejects(): Promise<void> {}

  /**
   * No row comes any more.
   *
   * @param reason why none counts of those that came; undefined where they do
   * @returns what is left
   */
  async end(reason: LeftReason | undefined): Promise<LeftFacts> {
    await this.findStep(Number.POSITIVE_INFINITY);
    return reason === undefined ? this.missing : this.asked.under(reason);
  }

  /** The step of this line, or of one behind it; those of earlier lines got no row. */
  private async findStep(line: number): Promise<RestoreStep | undefined> {
    for (;;) {
      const step = await this.cursor.peek();
      if (step?.kind !== 'restore' || !isSameSource(step.source, this.source)) return undefined;
      if (step.line >= line) return step;
      this.pass(step);
      this.missing.add('row-not-valid', toLeft(step));
    }
  }

  private pass(step: RestoreStep): void {
    this.cursor.skip();
    this.asked.add('row-not-valid', toLeft(step));
  }
}

function isSameSource(a: UndoSource, b: UndoSource): boolean {
  return a.runId === b.runId && a.key === b.key && a.contentHash === b.contentHash;
}

function toLeft({ transactionId, source, line }: RestoreStep) {
  return { transactionId, key: source.key, line };
}
