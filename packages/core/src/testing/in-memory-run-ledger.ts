import type { LandedFile } from '../ports/landing-zone.port.ts';
import type { FileClaim, RunEntry, RunFields, RunLedger, RunPlan } from '../ports/run-ledger.port.ts';
import { compareUtf8 } from '../rules/version.ts';

const ENTRIES_A_PAGE = 100;

interface Stored {
  readonly entry: RunEntry;
  readonly isClosed: boolean;
}

export class InMemoryRunLedger implements RunLedger {
  readonly location: string;
  readonly #runs = new Map<string, Stored>();
  readonly #claims = new Map<string, FileClaim>();
  #revisions = 0;

  constructor(location = 'memory:ledger') {
    this.location = location;
  }

  async plan(run: RunPlan): Promise<{ readonly kind: 'planned' | 'known'; readonly entry: RunEntry }> {
    const known = this.#runs.get(run.runId);
    if (known !== undefined) return { kind: 'known', entry: copy(known.entry) };
    const { runId, plannedAt, policy, files } = run;
    const plan: RunPlan = { runId, plannedAt, policy, files };
    const fields = {
      files,
      state: { kind: 'planned' },
      lease: undefined,
      notifiedAt: undefined,
      settledAt: undefined,
    } as const;
    return { kind: 'planned', entry: this.#store(plan, fields, false) };
  }

  async claim(runId: string, files: readonly LandedFile[]): Promise<readonly FileClaim[]> {
    return files.map((file) => {
      const known = this.#claims.get(idOf(file));
      if (known?.runId !== undefined) return copy(known);
      const claim = { file: copy(file), runId, attempt: (known?.attempt ?? 0) + 1 };
      this.#claims.set(idOf(file), claim);
      return copy(claim);
    });
  }

  async claims(files: readonly LandedFile[]): Promise<readonly (FileClaim | undefined)[]> {
    return files.map((file) => copy(this.#claims.get(idOf(file))));
  }

  async release(runId: string, files: readonly LandedFile[]): Promise<void> {
    for (const file of files) {
      const known = this.#claims.get(idOf(file));
      if (known?.runId === runId) this.#claims.set(idOf(file), { ...known, runId: undefined });
    }
  }

  async read(runId: string): Promise<RunEntry | undefined> {
    return copy(this.#runs.get(runId)?.entry);
  }

  async replace(read: RunEntry, by: RunFields): Promise<RunEntry | undefined> {
    return this.#isCurrent(read) ? this.#store(read, by, false) : undefined;
  }

  async close(read: RunEntry): Promise<RunEntry | undefined> {
    return this.#isCurrent(read) ? this.#store(read, this.#runs.get(read.runId)!.entry, true) : undefined;
  }

  async *openRuns(): AsyncIterable<readonly RunEntry[]> {
    const open = [...this.#runs.values()].filter(({ isClosed }) => !isClosed).map(({ entry }) => entry);
    open.sort((a, b) => compareUtf8(a.runId, b.runId));
    for (let i = 0; i < open.length; i += ENTRIES_A_PAGE) yield open.slice(i, i + ENTRIES_A_PAGE).map(copy);
  }

  #isCurrent({ runId, revision }: RunEntry): boolean {
    const stored = this.#runs.get(runId);
    return stored !== undefined && !stored.isClosed && stored.entry.revision === revision;
  }

  #store({ runId, plannedAt, policy }: RunPlan, by: RunFields, isClosed: boolean): RunEntry {
    const { files, state, lease, notifiedAt, settledAt } = by;
    const revision = `revision-${++this.#revisions}`;
    const entry = copy({ runId, plannedAt, policy, files, state, lease, notifiedAt, settledAt, revision });
    this.#runs.set(runId, { entry, isClosed });
    return copy(entry);
  }
}

function idOf({ key, version }: LandedFile): string {
  return JSON.stringify([key, version]);
}

/** Nobody changes what is stored by changing what was handed in or out: plain data, for which structuredClone takes long. */
function copy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as Value;
  const copied = { ...value };
  for (const name of Object.keys(copied) as (keyof Value)[]) copied[name] = copy(copied[name]);
  return copied;
}
