import type { UndoStep } from '../../ports/run-undo.port.ts';

/** Steps one after the other, the next one known before it is taken. */
export class StepCursor {
  private readonly pages: AsyncIterator<readonly UndoStep[]>;
  private page: readonly UndoStep[] = [];
  private place = 0;

  constructor(pages: AsyncIterable<readonly UndoStep[]>) {
    this.pages = pages[Symbol.asyncIterator]();
  }

  /** Undefined behind the last one. */
  async peek(): Promise<UndoStep | undefined> {
    while (this.place === this.page.length) {
      const { done, value } = await this.pages.next();
      if (done === true) return undefined;
      this.page = value;
      this.place = 0;
    }
    return this.page[this.place];
  }

  /** Goes on behind the step that was peeked at. */
  skip(): void {
    this.place++;
  }

  async close(): Promise<void> {
    await this.pages.return?.();
  }
}
