import type { FileProblem, FileReport, IngestReport } from '../../ports/ingest-report.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { RunEntry } from '../../ports/run-ledger.port.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { takeAway } from '../take-away.ts';
import { changeRun, closeIfDone } from './change-run.ts';
import { type EndPorts, establishEnd } from './establish-end.ts';
import { rebuildReport } from './rebuild-report.ts';
import { changeFields } from './run-fields.ts';
import { DEFAULT_MAX_ATTEMPTS, type RunPorts, type RunReference } from './run-ports.ts';
import { markCommitted, markSettled } from './run-states.ts';

export type ArchivePorts = EndPorts & Pick<RunPorts, 'archive' | 'quarantine'>;

export interface ArchiveOptions {
  /** Default 3. */
  readonly maxAttempts?: number | undefined;
}

export interface FilesTaken {
  readonly runId: string;
  /** Number of files that lie in the archive and in the quarantine now. */
  readonly archived: number;
  readonly quarantined: number;
  /** Number of file versions that another run may take up now. */
  readonly released: number;
  /** Number of file versions that failed often enough: they stay claimed, and where they are, until people act. */
  readonly givenUp: number;
}

export type RunArchival =
  | ({ readonly kind: 'settled' } & FilesTaken)
  /** Some files could not be moved: the entry stays open, and a repetition tries again. */
  | ({
      readonly kind: 'incomplete';
      readonly notMoved: number;
      /** The first 20. */
      readonly problems: readonly { readonly key: string; readonly problem: FileProblem }[];
    } & FilesTaken)
  | { readonly kind: 'settled-before' | 'under-way' | 'not-started'; readonly runId: string }
  | { readonly kind: 'missing' };

const FILES_AT_ONCE = 8;
const MOST_PROBLEMS = 20;

/**
 * After a run: takes exactly the file versions that it committed to the archive, those that it refused to the quarantine, and
 * frees those that failed for another run. May be repeated, cut off and called by several at once.
 *
 * @throws PortError of the ledger, the launcher or the history
 */
export async function archiveRun(
  ports: ArchivePorts,
  reference: RunReference,
  options: ArchiveOptions = {},
): Promise<RunArchival> {
  const end = await establishEnd(ports, reference);
  if (end.kind === 'missing') return end;
  if (end.kind !== 'ended') return { kind: end.kind, runId: end.entry.runId };
  const entry = await hearLateCommit(ports, end.entry);
  if (entry.settledAt !== undefined) {
    await closeIfDone(ports.ledger, entry);
    return { kind: 'settled-before', runId: entry.runId };
  }
  const { state } = entry;
  return state.kind === 'committed'
    ? await takeFiles(ports, entry, state.report, options)
    : await settle(ports, entry, undefined, await release(ports, entry, entry.files, options));
}

/** A commit may have been under way when its job was killed: what counts as failed is asked once more before it is freed. */
async function hearLateCommit({ ledger, history }: ArchivePorts, entry: RunEntry): Promise<RunEntry> {
  if (entry.state.kind !== 'failed' || entry.settledAt !== undefined) return entry;
  const record = await history.run(entry.runId);
  if (record === undefined || record.status === 'failed') return entry;
  const change = await changeRun(ledger, entry.runId, (found) =>
    markCommitted(found, rebuildReport(record, found.files)),
  );
  return change.kind === 'missing' ? entry : change.entry;
}

async function takeFiles(
  ports: ArchivePorts,
  entry: RunEntry,
  report: IngestReport,
  options: ArchiveOptions,
): Promise<RunArchival> {
  const landed = new Map(entry.files.map((file) => [file.key, file]));
  const taken = await mapConcurrently(report.files, FILES_AT_ONCE, async (file) => {
    const source = landed.get(file.key);
    if (source === undefined) return { file, problem: undefined };
    const { takenTo, problem } = await takeAway(source, file, ports);
    return { file: { ...file, takenTo }, problem };
  });
  const files = taken.map(({ file }) => file);
  const notMoved = taken.flatMap(({ file, problem }) => (problem === undefined ? [] : [{ key: file.key, problem }]));
  const failed = files.filter(({ status }) => status === 'failed').flatMap(({ key }) => landed.get(key) ?? []);
  const released = await release(ports, entry, failed, options);
  return await settle(ports, entry, { ...report, files, ...countTaken(files), notMoved }, released);
}

function countTaken(files: readonly FileReport[]): { readonly archived: number; readonly quarantined: number } {
  return {
    archived: files.filter(({ takenTo }) => takenTo === 'archive').length,
    quarantined: files.filter(({ takenTo }) => takenTo === 'quarantine').length,
  };
}

async function release(
  { ledger }: ArchivePorts,
  { runId }: RunEntry,
  files: readonly LandedFile[],
  { maxAttempts = DEFAULT_MAX_ATTEMPTS }: ArchiveOptions,
): Promise<{ readonly released: number; readonly givenUp: number }> {
  if (files.length === 0) return { released: 0, givenUp: 0 };
  const claims = await ledger.claims(files);
  const again = files.filter((_, i) => (claims[i]?.attempt ?? 0) < maxAttempts);
  await ledger.release(runId, again);
  return { released: again.length, givenUp: files.length - again.length };
}

/** Notes where the files are, and that they are taken care of where all of them could be moved. */
async function settle(
  { ledger, clock }: ArchivePorts,
  { runId, state: known }: RunEntry,
  report: IngestReport | undefined,
  released: { readonly released: number; readonly givenUp: number },
): Promise<RunArchival> {
  const notMoved = report?.notMoved ?? [];
  const change = await changeRun(ledger, runId, (entry) => {
    const { state } = entry;
    if (state.kind !== known.kind || entry.settledAt !== undefined) return undefined;
    const told = state.kind === 'committed' && report !== undefined ? { ...state, report } : state;
    const fields = notMoved.length === 0 ? markSettled(entry, clock.now())! : changeFields(entry);
    return { ...fields, state: told };
  });
  if (change.kind === 'missing') return change;
  await closeIfDone(ledger, change.entry);
  const { archived = 0, quarantined = 0 } = report ?? {};
  const taken = { runId, archived, quarantined, ...released };
  if (notMoved.length === 0) return { kind: 'settled', ...taken };
  return { kind: 'incomplete', ...taken, notMoved: notMoved.length, problems: notMoved.slice(0, MOST_PROBLEMS) };
}
