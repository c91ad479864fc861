import type { Policy } from '../../policy/policy.ts';
import type { LandedFile } from '../../ports/landing-zone.port.ts';
import type { FileClaim } from '../../ports/run-ledger.port.ts';
import { type AttemptedFile, deriveRunId } from './run-id.ts';
import { DEFAULT_MAX_ATTEMPTS } from './run-ports.ts';
import { isClosed } from './run-states.ts';
import { splitIntoRuns } from './split-into-runs.ts';
import { type RunStart, type StartOptions, type StartPorts, startRun } from './start-run.ts';

export interface PlanOptions extends StartOptions {
  readonly policy: Policy;
  /** Default 1000. */
  readonly maxFilesPerRun?: number | undefined;
  /** Default 3. */
  readonly maxAttempts?: number | undefined;
}

export interface PlannedRuns {
  /** What became of each run: those that were planned before and waited, then the new ones in their order. */
  readonly runs: readonly RunStart[];
  /** File versions that runs before hold, or were given up on. */
  readonly leftOut: readonly LandedFile[];
}

/** The most files of one run, unless said otherwise. */
export const DEFAULT_MAX_FILES = 1000;

/**
 * Plans runs for file versions that lie in the landing place, and starts them: exactly one run has each version at a time,
 * however often, by however many and how far this is called. Versions of one key go to successive runs, the oldest first.
 *
 * A call that was cut off leaves a plan that a repetition, or a sweep, carries on: a run that holds some of the versions and
 * was not started yet is started now.
 *
 * @throws PortError of the ledger or the launcher
 */
export async function planRuns(
  ports: StartPorts,
  files: readonly LandedFile[],
  options: PlanOptions,
): Promise<PlannedRuns> {
  const { maxFilesPerRun = DEFAULT_MAX_FILES, maxAttempts = DEFAULT_MAX_ATTEMPTS } = options;
  const versions = distinctVersions(files);
  const claims = await ports.ledger.claims(versions);
  const free: AttemptedFile[] = [];
  const leftOut: LandedFile[] = [];
  versions.forEach((file, i) => {
    const attempt = nextAttempt(claims[i], maxAttempts);
    if (attempt === undefined) leftOut.push(file);
    else free.push({ file, attempt });
  });

  const runs: RunStart[] = [];
  for (const runId of new Set(claims.flatMap((claim) => claim?.runId ?? []))) {
    if (await isWaiting(ports, runId)) runs.push(await startRun(ports, runId, options));
  }
  const plannedAt = ports.clock.now();
  for (const [i, planned] of splitIntoRuns(free, maxFilesPerRun).entries()) {
    const runId = await deriveRunId(planned);
    // A millisecond apart, so that the order of planning is the order of the versions.
    const plan = { runId, plannedAt: plannedAt + i, policy: options.policy, files: planned.map(({ file }) => file) };
    await ports.ledger.plan(plan);
    runs.push(await startRun(ports, runId, options));
  }
  return { runs, leftOut };
}

async function isWaiting({ ledger }: StartPorts, runId: string): Promise<boolean> {
  const entry = await ledger.read(runId);
  return entry !== undefined && entry.state.kind === 'planned' && !isClosed(entry);
}

/** Which attempt a run would be that takes the version now; undefined where it is held, or was tried often enough. */
function nextAttempt(claim: FileClaim | undefined, maxAttempts: number): number | undefined {
  if (claim === undefined) return 1;
  return claim.runId === undefined && claim.attempt < maxAttempts ? claim.attempt + 1 : undefined;
}

function distinctVersions(files: readonly LandedFile[]): readonly LandedFile[] {
  return [...new Map(files.map((file) => [JSON.stringify([file.key, file.version]), file])).values()];
}
