import { randomBytes } from 'node:crypto';
import {
  createSharedRows,
  lockSharedStage,
  nameSharedStage,
  type SharedStageNames,
  STAGE_ROW_TABLE,
  showAs,
  type TableDefinition,
} from '@weir/warehouse-sql';
import type { Session } from './postgres-sessions.ts';
import { sweepSharedStages } from './sweep-shared-stages.ts';

/** The tables on which the writing session and a helper of it work at once. They end with `drop`, or with the next sweep. */
export class SharedStage {
  readonly writer: Session;
  readonly helper: Session;
  readonly names: SharedStageNames;
  readonly #id: string;

  private constructor(writer: Session, helper: Session, id: string) {
    this.writer = writer;
    this.helper = helper;
    this.names = nameSharedStage(id);
    this.#id = id;
  }

  /** @param writer has an empty `stage_row`, whose place is taken */
  static async open(writer: Session, helper: Session): Promise<SharedStage> {
    const stage = new SharedStage(writer, helper, randomBytes(4).toString('hex'));
    const { names } = stage;
    await writer.run(lockSharedStage(stage.#id));
    await writer.run(createSharedRows(names));
    await writer.execute(`DROP TABLE ${STAGE_ROW_TABLE.name}`);
    for (const session of [writer, helper]) await session.run(showAs(STAGE_ROW_TABLE.name, [names.rows]));
    return stage;
  }

  get rowTable(): TableDefinition {
    return { ...STAGE_ROW_TABLE, name: this.names.rows };
  }

  /** As far as the session can do it; what is left is swept by a later run. */
  async drop(): Promise<void> {
    await sweepSharedStages(this.writer, this.#id).catch(() => undefined);
  }
}
