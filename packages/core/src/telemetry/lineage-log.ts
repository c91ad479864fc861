import type { Clock } from '../ports/clock.port.ts';
import type { IngestEvent, RunOperation } from '../ports/ingest-event.ts';
import type { FileProblem, FileReport, IngestReport } from '../ports/ingest-report.ts';
import type { UndoEvent } from '../ports/undo-event.ts';
import { FAULTS, type FaultCode } from '../rules/faults.ts';
import {
  type DatasetName,
  type Facets,
  facet,
  LINEAGE_SCHEMA,
  type LineageDataset,
  type LineageEvent,
} from './lineage-event.ts';

export interface LineageSetting {
  /** Of the job. */
  readonly namespace: string;
  /** The version of Weir. */
  readonly version: string;
  /** OpenLineage names runs by UUIDs. The same for the same run. */
  readonly uuidOf: (runId: string) => string;
  readonly fileOf: (key: string) => DatasetName;
  readonly tableOf: (table: 'fact_transactions' | 'ingest_reject') => DatasetName;
}

/**
 * Turns what a run tells into events of OpenLineage: a START, then a COMPLETE, a FAIL or, where somebody ended the run, an
 * ABORT. Files are inputs, the fact table is the output; values of rows appear nowhere.
 */
export class LineageLog {
  private readonly clock: Clock;
  private readonly setting: LineageSetting;
  private readonly write: (event: LineageEvent) => void;
  private readonly producer: string;
  private run: { readonly runId: string; readonly operation: RunOperation | 'undo' } = {
    runId: '',
    operation: 'ingest',
  };
  private sizes = new Map<string, number>();

  constructor(clock: Clock, setting: LineageSetting, write: (event: LineageEvent) => void) {
    this.clock = clock;
    this.setting = setting;
    this.write = write;
    this.producer = `urn:weir:${setting.version}`;
  }

  readonly take = (event: IngestEvent | UndoEvent): void => {
    switch (event.kind) {
      case 'run-started':
        this.run = event;
        this.sizes = new Map();
        this.write(this.eventOf('START'));
        break;
      case 'file-started':
        this.sizes.set(event.key, event.size);
        break;
      case 'run-failed':
        this.fail(event.problem);
        break;
      case 'run-ended':
        this.write(this.describeEnd(event.report));
        break;
      case 'undo-started':
        this.run = { runId: event.runId, operation: 'undo' };
        this.write(this.eventOf('START'));
        break;
      case 'undo-failed':
        this.fail(event.problem);
        break;
      case 'undo-ended': {
        const { restored, deleted } = event.counts;
        this.write({ ...this.eventOf('COMPLETE'), outputs: [this.describeChanged(restored + deleted)] });
        break;
      }
    }
  };

  private fail(problem: FileProblem): void {
    this.write(this.eventOf(problem.code === 'interrupted' ? 'ABORT' : 'FAIL', problem));
  }

  /** A run with files that failed is told as failed, but also what was committed of it. */
  private describeEnd(report: IngestReport): LineageEvent {
    const problem = report.files.find(({ status }) => status === 'failed')?.problem;
    return {
      ...this.eventOf(report.status === 'failed' ? 'FAIL' : 'COMPLETE', problem),
      inputs: this.run.operation === 'replay' ? [this.describeRejects(report)] : this.describeFiles(report),
      outputs: [this.describeFacts(report)],
    };
  }

  private eventOf(eventType: LineageEvent['eventType'], problem?: FileProblem): LineageEvent {
    const { namespace, version, uuidOf } = this.setting;
    const { runId, operation } = this.run;
    const message = problem && { message: `${problem.code}: ${problem.message}`, programmingLanguage: 'TypeScript' };
    return {
      eventType,
      eventTime: new Date(this.clock.now()).toISOString(),
      producer: this.producer,
      schemaURL: LINEAGE_SCHEMA,
      run: {
        // What takes a run back is a run of its own.
        runId: uuidOf(operation === 'undo' ? `undo of ${runId}` : runId),
        facets: {
          ...this.facet('processing_engine', { name: 'Weir', version }),
          ...this.facet('tags', { tags: [{ key: 'weir.run', value: runId, source: 'WEIR' }] }),
          ...(message && this.facet('errorMessage', message)),
        },
      },
      job: {
        namespace,
        name: `weir.${operation}`,
        facets: this.facet('jobType', { processingType: 'BATCH', integration: 'WEIR', jobType: 'JOB' }),
      },
      inputs: [],
      outputs: [{ ...this.setting.tableOf('fact_transactions'), facets: {} }],
    };
  }

  /** Deliveries that were loaded before are left out: this run took nothing from them. */
  private describeFiles({ files }: IngestReport): LineageDataset[] {
    return files
      .filter(({ status }) => status !== 'already-loaded')
      .map((file) => ({
        ...this.setting.fileOf(file.key),
        facets: file.contentHash === undefined ? {} : this.facet('version', { datasetVersion: file.contentHash }),
        inputFacets: {
          ...this.facet('inputStatistics', { rowCount: file.read, size: this.sizes.get(file.key), fileCount: 1 }),
          ...this.describeQuality(file),
        },
      }));
  }

  private describeRejects({ totals }: IngestReport): LineageDataset {
    const inputFacets = this.facet('inputStatistics', { rowCount: totals.read });
    return { ...this.setting.tableOf('ingest_reject'), facets: {}, inputFacets };
  }

  private describeFacts({ totals }: IngestReport): LineageDataset {
    return this.describeChanged(totals.inserted + totals.updated);
  }

  private describeChanged(rowCount: number): LineageDataset {
    const outputFacets = this.facet('outputStatistics', { rowCount });
    return { ...this.setting.tableOf('fact_transactions'), facets: {}, outputFacets };
  }

  /** What was found wrong, by the codes of the rules. */
  private describeQuality({ rejectsByCode, status, problem }: FileReport): Facets {
    const rows = Object.entries(rejectsByCode).map(([code, rejected]) => ({
      assertion: code,
      success: false,
      severity: 'warn',
      expected: '0',
      actual: String(rejected),
      ...COLUMNS.get(code as FaultCode),
    }));
    const refusal =
      status === 'refused' && problem !== undefined
        ? [{ assertion: problem.code, success: false, severity: 'error' }]
        : [];
    const assertions = [...refusal, ...rows];
    return assertions.length === 0 ? {} : this.facet('dataQualityAssertions', { assertions });
  }

  private facet(name: Parameters<typeof facet>[0], members: Readonly<Record<string, unknown>>): Facets {
    return facet(name, this.producer, members);
  }
}

/** The column that a code is about, where it is about one. */
const COLUMNS: ReadonlyMap<FaultCode, { readonly column: string } | undefined> = new Map(
  FAULTS.map(({ code, column }) => [code, column === '' ? undefined : { column }]),
);
