import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type IngestReport, loadDimensions, parsePolicy } from '@weir/core';
import {
  type GenerationOptions,
  type GenerationReport,
  generate,
  generateLaterDeliveries,
  type LaterReport,
} from '@weir/datagen';
import { DEFAULT_RESOURCES } from '../command-line/add-resources.ts';
import type { DatabasePorts } from '../composition/database-ports.ts';
import { runIngest } from '../ingest/run-ingest.ts';
import { createMeter } from '../output/create-meter.ts';
import { formatBytes, formatCount, formatCounted, formatDuration } from '../output/format-amount.ts';
import { showGeneration } from '../output/generation-progress.ts';
import type { Session } from '../session.ts';
import { deliverLater } from './deliver-later.ts';
import { DemoChecks } from './demo-checks.ts';
import { DemoStory } from './demo-story.ts';
import { LATER_CHAPTERS } from './later-chapters.ts';

export interface DemoSetting {
  readonly days: number;
  readonly rows: number;
  readonly folder: string;
  readonly database: DatabasePorts;
}

export interface DemoResult {
  readonly reports: readonly IngestReport[];
  /** Of the table from the answer key; empty where all is right. */
  readonly differences: readonly string[];
  readonly facts: number;
  readonly took: number;
}

/** The demo from generating to the last check. */
export class Demo {
  private readonly session: Session;
  private readonly setting: DemoSetting;
  private readonly story: DemoStory;
  private readonly checks: DemoChecks;
  private readonly reports: IngestReport[] = [];

  constructor(session: Session, setting: DemoSetting) {
    this.session = session;
    this.setting = setting;
    this.story = new DemoStory(session.screen);
    this.checks = new DemoChecks(this.story, setting.database.facts);
  }

  async play(): Promise<DemoResult> {
    const startedAt = performance.now();
    this.story.title('Weir demo: from landed files to a fact table that can be trusted');
    const generated = await this.generate();
    await this.prepareTables(generated);
    await this.ingestFirst(generated);
    const later = await this.makeLater();
    await this.ingestLater(generated, later);
    return {
      reports: this.reports,
      differences: this.checks.differences,
      facts: later.expected.facts,
      took: performance.now() - startedAt,
    };
  }

  private async generate(): Promise<GenerationReport> {
    const { days, folder } = this.setting;
    this.story.begin(
      `A shop delivers ${formatCounted(days, 'day')} of transactions`,
      'One CSV file a day, made up, with faults planted on purpose: wrong numbers, stray quotes, unknown products,',
      'rows twice, rows late. expected.json tells what the fact table must hold in the end.',
    );
    const startedAt = performance.now();
    const report = await this.withMeter((options) => generate(options));
    const amount = `${formatCounted(report.rows, 'row')} in ${formatCounted(report.files.length, 'file')}`;
    this.story.tell(
      `${amount}, ${formatBytes(report.bytes)}, in ${formatDuration(performance.now() - startedAt)}: ${folder}`,
    );
    return report;
  }

  private async prepareTables({ dimensions: folder }: GenerationReport): Promise<void> {
    const { database } = this.setting;
    this.story.begin(
      'Tables, products and customers',
      'Facts are joined with both; a row whose product or customer is not known is set aside, not lost.',
    );
    await database.schema.upgrade();
    const sources = (['products', 'customers'] as const).map((dimension) => ({
      dimension,
      name: `${dimension}.csv`,
      chunks: createReadStream(join(folder, `${dimension}.csv`)),
    }));
    const report = await loadDimensions(database, sources);
    if (report.kind === 'refused')
      throw new Error(`the generated dimensions were refused: ${JSON.stringify(report.sources)}`);
    this.story.tell(report.loads.map(({ dimension, inserted }) => `${formatCount(inserted)} ${dimension}`).join(', '));
  }

  private async ingestFirst({ landing, expected }: GenerationReport): Promise<void> {
    this.story.begin(
      'Everything that landed is ingested',
      'Every row gets one verdict, all files are committed together, and the books must close. Loaded files move to the archive.',
    );
    const report = await this.ingest(landing, true);
    this.checks.counts(report, expected.files);
    await this.checks.table(expected, 'expected.json');
  }

  private async makeLater(): Promise<LaterReport> {
    return await this.withMeter((options) => generateLaterDeliveries(options));
  }

  private async ingestLater({ landing, expected }: GenerationReport, later: LaterReport): Promise<void> {
    const deliveries = LATER_CHAPTERS.flatMap((chapter) =>
      later.deliveries.filter(({ kind }) => kind === chapter.kind).map((delivery) => ({ ...chapter, delivery })),
    );
    for (const [place, { heading, lines, kind, delivery }] of deliveries.entries()) {
      this.story.begin(heading, ...lines);
      await deliverLater(delivery.path, landing, delivery.key);
      const report = await this.ingest(landing);
      this.checks.status(report, delivery.outcome);
      if (delivery.outcome === 'loaded') this.checks.counts(report, { ...expected.files, ...later.expected.files });
      if (place === deliveries.length - 1) await this.checks.table(later.expected, 'expected-after-later.json');
      else if (kind === 'repeat') await this.checks.untouched();
      else await this.checks.remember();
    }
  }

  private async ingest(landing: string, withReasons = false): Promise<IngestReport> {
    const { folder, database } = this.setting;
    const startedAt = performance.now();
    const places = { landing, archive: join(folder, 'archive'), quarantine: join(folder, 'quarantine') };
    const report = await runIngest(
      this.session,
      { database, places, policy: parsePolicy(), resources: DEFAULT_RESOURCES },
      'quiet',
    );
    this.reports.push(report);
    this.story.books(report, performance.now() - startedAt, withReasons);
    return report;
  }

  /** The same options give the same shop: the later deliveries go on where the first ones ended. */
  private async withMeter<T>(make: (options: GenerationOptions) => Promise<T>): Promise<T> {
    const { screen, interruption } = this.session;
    const { days, rows, folder } = this.setting;
    const meter = await createMeter(screen);
    try {
      const { signal } = interruption;
      return await make({ out: folder, days, rowsPerDay: rows, onProgress: showGeneration(meter), signal });
    } finally {
      meter.stop();
    }
  }
}
