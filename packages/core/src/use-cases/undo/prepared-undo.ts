import { keyWithHash } from '../../ports/key-with-hash.ts';
import type { LandedContent, LandedFile } from '../../ports/landing-zone.port.ts';
import { isPortError } from '../../ports/port-error.ts';
import type { UndoSource, UndoStage, UndoToCommit } from '../../ports/run-undo.port.ts';
import { type Dimensions, readDimensions } from '../read-dimensions.ts';
import { LineBlocks } from '../replay/line-blocks.ts';
import { transformFile } from '../transform-file.ts';
import { LeftFacts } from './left-facts.ts';
import { SourceRows } from './source-rows.ts';
import { StepCursor } from './step-cursor.ts';
import type { LeftReason, UndoBooks, UndoOptions, UndoPorts } from './undo-options.ts';

/** What an undo does, with the rows that come back staged. */
export class PreparedUndo {
  private readonly ports: UndoPorts;
  private readonly options: UndoOptions;
  private readonly left = new LeftFacts();
  private readonly sources: UndoToCommit['sources'][number][] = [];
  private readonly rows = new LineBlocks(async (block) => (await this.openStage()).writeRows(block));
  private stage: UndoStage | undefined;
  private dimensions: Dimensions | undefined;
  private steps = 0;
  private deleted = 0;
  private restored = 0;
  private files = 0;

  constructor(ports: UndoPorts, options: UndoOptions) {
    this.ports = ports;
    this.options = options;
  }

  async prepare(): Promise<void> {
    const { runId, policy, signal } = this.options;
    const cursor = new StepCursor(this.countSteps(this.ports.undo.steps(runId, policy)));
    try {
      for (let step = await cursor.peek(); step !== undefined; step = await cursor.peek()) {
        signal?.throwIfAborted();
        if (step.kind === 'restore') {
          await this.restoreFrom(step.source, cursor);
          continue;
        }
        cursor.skip();
        if (step.kind === 'delete') this.deleted++;
        else {
          const { transactionId } = step;
          this.left.add('decisions-not-kept', { transactionId, key: undefined, line: undefined });
        }
      }
      await this.rows.flush();
    } finally {
      await cursor.close();
    }
  }

  /** @param stored rows of the run that won, or said what was stored */
  books(stored: number): UndoBooks {
    const { steps, deleted, restored } = this;
    const { runId } = this.options;
    return {
      ...{ runId, facts: steps, restored, deleted, left: this.left.list() },
      replaced: Math.max(0, stored - steps),
    };
  }

  async commit(undoneAt: number): Promise<void> {
    const { runId, policy } = this.options;
    const { sources, deleted, restored } = this;
    const stage = await this.openStage();
    await stage.commit({ runId, undoneAt, policy, sources, deleted, restored });
  }

  /** A stage that cannot be dropped must not hide why the undo ended. */
  async close(): Promise<void> {
    await this.stage?.close().catch(() => undefined);
  }

  private async *countSteps(pages: ReturnType<UndoPorts['undo']['steps']>): ReturnType<UndoPorts['undo']['steps']> {
    for await (const page of pages) {
      this.steps += page.length;
      this.options.onEvent?.({ kind: 'steps-read', steps: this.steps });
      yield page;
    }
  }

  private async restoreFrom(source: UndoSource, cursor: StepCursor): Promise<void> {
    const fileNo = ++this.files;
    const rows = new SourceRows(cursor, source, (line) => this.rows.add(line));
    const reason = await this.readSource(source, fileNo, rows);
    this.left.addFrom(await rows.end(reason));
    if (reason !== undefined || rows.restored === 0) return;
    this.restored += rows.restored;
    this.sources.push({ ...source, fileNo });
  }

  /** Why none of the rows counts; undefined where they do. */
  private async readSource(source: UndoSource, fileNo: number, rows: SourceRows): Promise<LeftReason | undefined> {
    if (this.ports.archive === undefined) return 'not-in-archive';
    const { policy, signal, onEvent } = this.options;
    onEvent?.({ kind: 'source-started', key: source.key });
    const { products, customers } = await this.readDimensions();
    try {
      const archived = await this.openArchived(source);
      if (archived === undefined) return 'not-in-archive';
      const { content, file } = archived;
      try {
        const transformed = await transformFile({ ...file, key: source.key }, content, fileNo, rows, {
          ...{ policy, products, customers, signal, unpacker: this.ports.unpacker },
          batchSize: undefined,
          onProgress: () => undefined,
        });
        if (transformed.file.contentHash !== source.contentHash) return 'not-in-archive';
        return transformed.file.status === 'refused' ? 'row-not-valid' : undefined;
      } finally {
        await content.close();
      }
    } catch (error) {
      // Faults of the archive are about this file; all others are about the undo.
      if (!isPortError(error) || !error.code.startsWith('landing.')) throw error;
      return 'archive-unreadable';
    }
  }

  /** The name with the hash, where there is one, is of this content; the plain one may be of another. */
  private async openArchived({
    key,
    contentHash,
  }: UndoSource): Promise<{ readonly file: LandedFile; readonly content: LandedContent } | undefined> {
    const { archive } = this.ports;
    for (const name of [keyWithHash(key, contentHash), key]) {
      const file = await archive?.find(name);
      if (file !== undefined) return { file, content: await archive!.open(file) };
    }
    return undefined;
  }

  private async readDimensions(): Promise<Dimensions> {
    const { maxDimensionBytes } = this.options;
    this.dimensions ??= await readDimensions(this.ports.dimensions, { maxDimensionBytes });
    return this.dimensions;
  }

  private async openStage(): Promise<UndoStage> {
    this.stage ??= await this.ports.undo.openUndo(this.options.runId);
    return this.stage;
  }
}
