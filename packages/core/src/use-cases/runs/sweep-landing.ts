import { isTransactionKey } from '../../intake/is-transaction-key.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { FileClaim, RunEntry } from '../../ports/run-ledger.port.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { takeAway } from '../take-away.ts';
import { DEFAULT_MAX_FILES, type PlanOptions, planRuns } from './plan-runs.ts';
import { DEFAULT_MAX_ATTEMPTS, type RunPorts } from './run-ports.ts';
import { isClosed } from './run-states.ts';
import type { SweepReport } from './sweep-report.ts';

const DEFAULT_GRACE = 15 * 60_000;
const MOST_KNOWN_RUNS = 50;
const FILES_AT_ONCE = 8;

type SweepOptions = PlanOptions & { readonly grace?: number | undefined };

/**
 * Looks at every file in the landing place that is no longer young: those without a run get one, those of closed runs are
 * taken away or tried again. Of each key it sees the oldest version and the newest; others show as those are taken away.
 *
 * @returns how many were taken away; older ones may have hidden newer ones
 */
export async function sweepLanding(ports: RunPorts, options: SweepOptions, report: SweepReport): Promise<number> {
  const sweep = new LandingSweep(ports, options, report);
  for await (const page of ports.landing.list()) {
    if (page.length > 0) await report.attempt(page[0]!.key, () => sweep.look(page));
  }
  await sweep.planRest();
  return sweep.taken;
}

class LandingSweep {
  taken = 0;
  private readonly ports: RunPorts;
  private readonly options: SweepOptions;
  private readonly report: SweepReport;
  private readonly knownRuns = new Map<string, RunEntry | undefined>();
  private toPlan: LandedFile[] = [];

  constructor(ports: RunPorts, options: SweepOptions, report: SweepReport) {
    this.ports = ports;
    this.options = options;
    this.report = report;
  }

  async look(page: readonly LandedFile[]): Promise<void> {
    const { grace = DEFAULT_GRACE, maxFilesPerRun = DEFAULT_MAX_FILES } = this.options;
    const before = this.ports.clock.now() - grace;
    const files = (await this.findVersions(page)).filter(({ modifiedAt }) => modifiedAt <= before);
    const claims = await this.ports.ledger.claims(files);
    for (const [i, file] of files.entries()) {
      await this.report.attempt(file.key, () => this.treat(file, claims[i]));
    }
    while (this.toPlan.length >= maxFilesPerRun) await this.plan(this.toPlan.splice(0, maxFilesPerRun));
  }

  async planRest(): Promise<void> {
    if (this.toPlan.length > 0) await this.plan(this.toPlan.splice(0));
  }

  /** What is listed is the oldest version of its key; the newest one, hidden behind it, does not have to wait for it. */
  private async findVersions(page: readonly LandedFile[]): Promise<readonly LandedFile[]> {
    const listed = page.filter(({ key }) => isTransactionKey(key));
    const found = await mapConcurrently(listed, FILES_AT_ONCE, async (oldest) => {
      const newest = await this.ports.landing.find(oldest.key);
      return newest === undefined || newest.version === oldest.version ? [oldest] : [oldest, newest];
    });
    return found.flat();
  }

  private async treat(file: LandedFile, claim: FileClaim | undefined): Promise<void> {
    if (claim === undefined) return void this.toPlan.push(file);
    if (claim.runId === undefined) return this.tryAgain(file, claim);
    const holder = await this.readRun(claim.runId);
    if (holder !== undefined && !isClosed(holder)) return;
    const isTaken = holder !== undefined && (await this.takeProcessed(file, holder));
    if (isTaken) return;
    if (!this.isSpent(claim)) {
      await this.ports.ledger.release(claim.runId, [file]);
      this.report.released++;
    }
    this.tryAgain(file, claim);
  }

  private tryAgain(file: LandedFile, claim: FileClaim): void {
    if (this.isSpent(claim)) this.report.givenUp.set(JSON.stringify([file.key, file.version]), file);
    else this.toPlan.push(file);
  }

  private isSpent({ attempt }: FileClaim): boolean {
    return attempt >= (this.options.maxAttempts ?? DEFAULT_MAX_ATTEMPTS);
  }

  /** Takes a file away that its closed run processed; false where that run did not. */
  private async takeProcessed(file: LandedFile, { state, files }: RunEntry): Promise<boolean> {
    if (state.kind !== 'committed' || !files.some(({ version, key }) => key === file.key && version === file.version)) {
      return false;
    }
    const told = state.report.files.find(({ key }) => key === file.key);
    if (told === undefined || told.status === 'failed') return false;
    const { takenTo, problem } = await takeAway(file, told, this.ports);
    if (problem !== undefined) this.report.addProblem(file.key, problem);
    if (takenTo !== undefined) {
      this.taken++;
      this.report.takenAway++;
    }
    return true;
  }

  private async readRun(runId: string): Promise<RunEntry | undefined> {
    if (!this.knownRuns.has(runId)) {
      if (this.knownRuns.size >= MOST_KNOWN_RUNS) this.knownRuns.clear();
      this.knownRuns.set(runId, await this.ports.ledger.read(runId));
    }
    return this.knownRuns.get(runId);
  }

  private async plan(files: readonly LandedFile[]): Promise<void> {
    await this.report.attempt(files[0]!.key, async () => {
      const { runs } = await planRuns(this.ports, files, this.options);
      this.report.starts.push(...runs);
    });
  }
}
