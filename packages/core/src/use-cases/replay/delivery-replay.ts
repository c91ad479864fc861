import { readHiveDay } from '../../intake/read-source-day.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Reject } from '../../ports/reject-store.port.ts';
import type { FileToCommit } from '../../ports/warehouse.port.ts';
import { FAULTS, type FaultCode } from '../../rules/faults.ts';
import { RowPath } from '../../staging/row-path.ts';
import { encodeStagedLine } from '../../staging/staged-text.ts';
import type { Dimensions } from '../read-dimensions.ts';

/** What became of a reject that was read again. */
export type ReplayOutcome = 'healed' | 'changed' | 'unchanged' | 'unreadable';

const encoder = new TextEncoder();

/**
 * Rejects of one delivery on the way of all rows, each record by itself on its own line. What is rejected again with the
 * same faults is not staged: nothing about it changes.
 */
export class DeliveryReplay {
  readonly first: Reject;
  private readonly fileNo: number;
  private readonly policy: Policy;
  private readonly dimensions: Dimensions;
  private readonly rejectsByCode: Partial<Record<FaultCode, number>> = {};
  private readonly firstRejects: Partial<Record<FaultCode, number>> = {};
  private path: RowPath | undefined;
  private rows: Uint8Array[] = [];
  private rejects: Uint8Array[] = [];
  private bytes = 0;
  private healed = 0;
  private changed = 0;

  /** @param first any reject of the delivery: it tells header, day and time */
  constructor(first: Reject, fileNo: number, policy: Policy, dimensions: Dimensions) {
    this.first = first;
    this.fileNo = fileNo;
    this.policy = policy;
    this.dimensions = dimensions;
  }

  take(reject: Reject): ReplayOutcome {
    if (reject.rawEncoding !== 'text' || reject.isTruncated || reject.header === '') return 'unreadable';
    const path = this.path ?? this.openPath();
    // A header that the policy in force takes for too long.
    if (path.header === undefined) return 'unreadable';
    const record = encoder.encode(`${reject.rawRecord}\n`);
    const faults = this.readAgain(path, reject, record);
    if (faults.length > 0 && isSame(faults, reject)) return 'unchanged';
    this.bytes += record.length;
    if (faults.length === 0) {
      this.healed++;
      return 'healed';
    }
    this.changed++;
    this.keep(reject, faults);
    return 'changed';
  }

  /** Staged lines so far: with `all` every one, else whole blocks. */
  takeRows(all = false): readonly Uint8Array[] {
    this.rows.push(...(this.path?.takeRows(all) ?? []));
    return this.rows.splice(0);
  }

  takeRejects(): readonly Uint8Array[] {
    return this.rejects.splice(0);
  }

  /** Undefined where nothing of the delivery is staged. */
  file(): { readonly file: FileToCommit; readonly firstRejects: FirstRejects } | undefined {
    const { first, fileNo, healed, changed, rejectsByCode, firstRejects } = this;
    if (healed + changed === 0) return undefined;
    const file: FileToCommit = {
      fileNo,
      key: first.key,
      contentHash: first.contentHash,
      status: 'replayed',
      refusal: undefined,
      size: this.bytes,
      sourceDay: first.sourceDay,
      sourceModified: first.sourceModified,
      header: first.header,
      read: healed + changed,
      blankLines: 0,
      rejected: changed,
      rejectsByCode,
    };
    return { file, firstRejects };
  }

  private openPath(): RowPath {
    const { key, header } = this.first;
    const { products, customers } = this.dimensions;
    const { policy, fileNo } = this;
    const path = new RowPath({ policy, fileNo, fileDay: readHiveDay(key), products, customers, batchSize: 1 });
    path.push(encoder.encode(`${header}\n`));
    this.path = path;
    return path;
  }

  private readAgain(path: RowPath, { key, line }: Reject, record: Uint8Array): FaultCode[] {
    path.moveTo(line);
    path.push(record);
    if (!path.isBetweenRecords) {
      // A quote that stands open waits for more: here is the end, and the next record needs a way of its own.
      path.end();
      this.rows.push(...path.takeRows(true));
      this.path = undefined;
    }
    const { read, rejectsByCode } = path.tally();
    // Lines for rejects are written below, for those that changed.
    path.takeRejects();
    if (read !== 1) throw new Error(`The record on line ${line} of ${key} was replayed as ${read} records.`);
    return Object.keys(rejectsByCode) as FaultCode[];
  }

  private keep({ line, rawRecord }: Reject, codes: readonly FaultCode[]): void {
    for (const code of codes) {
      this.rejectsByCode[code] = (this.rejectsByCode[code] ?? 0) + 1;
      this.firstRejects[code] ??= line;
    }
    const faults = JSON.stringify(FAULTS.filter(({ code }) => codes.includes(code)));
    this.rejects.push(encodeStagedLine([this.fileNo, line, rawRecord, 'text', 0, faults]));
  }
}

export type FirstRejects = Readonly<Partial<Record<FaultCode, number>>>;

function isSame(codes: readonly FaultCode[], { faults }: Reject): boolean {
  return codes.length === faults.length && faults.every(({ code }) => codes.includes(code));
}
