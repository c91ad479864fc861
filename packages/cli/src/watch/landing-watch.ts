import { isTransactionKey, type LandedFile, type LandingZone, type Policy } from '@weir/core';
import type { ResourceOptions } from '../command-line/add-resources.ts';
import type { RunEventOptions } from '../command-line/add-run-events.ts';
import { createFilePlaces } from '../composition/create-file-places.ts';
import { type OpenDatabase, openDatabase } from '../composition/open-database.ts';
import { tellFailure } from '../errors/tell-failure.ts';
import { reportIngest } from '../ingest/report-ingest.ts';
import type { Places } from '../ingest/resolve-places.ts';
import { runIngest } from '../ingest/run-ingest.ts';
import { tellIngest } from '../ingest/tell-ingest.ts';
import type { Session } from '../session.ts';
import { HandledFiles } from './handled-files.ts';
import { StillFiles } from './still-files.ts';
import type { Look } from './watch-loop.ts';

export interface LandingWatchOptions {
  readonly places: Places;
  readonly policy: Policy;
  readonly resources: ResourceOptions;
  readonly tells: RunEventOptions;
  readonly connections: 1 | 2;
  readonly settleMs: number;
}

/** The looks of `weir watch` at its landing folder; each that finds whole new files is a run. */
export class LandingWatch {
  private readonly session: Session;
  private readonly options: LandingWatchOptions;
  private landing: LandingZone | undefined;
  private readonly stillFiles: StillFiles;
  private readonly handled = new HandledFiles();
  private database: OpenDatabase | undefined;

  constructor(session: Session, options: LandingWatchOptions) {
    this.session = session;
    this.options = options;
    this.stillFiles = new StillFiles(options.settleMs);
  }

  /** Throws where watching could not even begin: a wrong folder or database is told at once. */
  async begin(): Promise<void> {
    await this.list();
    await this.open();
  }

  readonly look = async (): Promise<Look> => {
    try {
      return await this.lookAndIngest();
    } catch (error) {
      if (this.session.interruption.signal.aborted) return 'failed';
      tellFailure(this.session.screen, error, this.session.env.WEIR_DEBUG === '1');
      this.session.screen.note('Watching goes on; the next sweep tries again.');
      // A server that went away may come back under another address.
      await this.close().catch(() => undefined);
      return 'failed';
    }
  };

  async close(): Promise<void> {
    const { database } = this;
    this.database = undefined;
    await database?.close();
  }

  private async lookAndIngest(): Promise<Look> {
    const files = await this.list();
    const { still, restless } = this.stillFiles.observe(files, performance.now());
    this.handled.keepOnly(files);
    const waiting = this.handled.waiting(still);
    const isDone = waiting.length === 0 || (await this.ingest(waiting));
    const isWaiting = this.handled.waiting(restless).length > 0;
    return isWaiting ? 'restless' : isDone ? 'quiet' : 'failed';
  }

  private async ingest(waiting: readonly LandedFile[]): Promise<boolean> {
    const { session, options } = this;
    const versions = new Map(waiting.map(({ key, version }) => [key, version]));
    const startedAt = performance.now();
    const report = await runIngest(session, {
      ...options,
      database: (await this.open()).ports,
      wants: ({ key, version }) => versions.get(key) === version,
    });
    this.handled.note(waiting, report);
    if (report.files.length === 0) return true;
    tellIngest(session, report, options.places, performance.now() - startedAt);
    session.screen.say();
    reportIngest(session.screen, report);
    return report.status !== 'failed' && report.notMoved.length === 0;
  }

  private async open(): Promise<OpenDatabase> {
    this.database ??= await openDatabase(this.session, this.options);
    return this.database;
  }

  private async list(): Promise<LandedFile[]> {
    const files: LandedFile[] = [];
    this.landing ??= (await createFilePlaces(this.options.places)).landing;
    for await (const page of this.landing.list()) files.push(...page);
    return files.filter(({ key }) => isTransactionKey(key));
  }
}
