import { toProtocolError } from './parse-line.ts';
import type { Split } from './split.ts';
import type { DeliveryLine } from './worker-lines.ts';

type StagedOutcome = Extract<DeliveryLine['outcome'], { kind: 'staged' }>;

/**
 * Checks one result against its split.
 *
 * @throws PortError `job.protocol`
 */
export function verifyDelivery(split: Split, { fileNo, landed, outcome }: DeliveryLine, prefix: string): void {
  const { key, size, modifiedAt, version } = split.landed;
  const isAsPlanned =
    fileNo === split.fileNo &&
    landed.key === key &&
    landed.version === version &&
    landed.size === size &&
    landed.modifiedAt === modifiedAt;
  if (!isAsPlanned)
    throw toProtocolError('a worker', `the result of file ${fileNo} in the place of file ${split.fileNo}`);
  if (outcome.kind === 'known' && !split.committed.includes(outcome.contentHash)) {
    throw toProtocolError('a worker', `a hash of file ${fileNo} that was never committed`);
  }
  if (outcome.kind === 'staged') {
    verifyFile(split, outcome);
    verifyParts(split.fileNo, outcome, prefix);
  }
}

function verifyFile({ fileNo, landed }: Split, { file, firstRejects }: StagedOutcome): void {
  const { read, rejected, status, refusal, rejectsByCode } = file;
  const broken = [
    file.fileNo === fileNo && file.key === landed.key && file.sourceModified === landed.modifiedAt
      ? ''
      : 'another file',
    file.size === landed.size ? '' : `${file.size} bytes, not ${landed.size}`,
    rejected <= read ? '' : `${rejected} rejects among ${read} rows`,
    (status === 'refused') === (refusal !== undefined) ? '' : 'no reason, or one too many',
    status !== 'empty' || read === 0 ? '' : `${read} rows in an empty file`,
    Object.values(rejectsByCode).every((count) => count <= rejected) ? '' : 'more rejects by code than in all',
    Object.keys(firstRejects).sort().join() === Object.keys(rejectsByCode).sort().join() ? '' : 'other codes',
  ].find((what) => what !== '');
  if (broken !== undefined) throw toProtocolError('a worker', `a result of file ${fileNo} that tells ${broken}`);
}

function verifyParts(fileNo: number, { file, parts }: StagedOutcome, prefix: string): void {
  // Only what is loaded is copied, so only that has parts.
  const expected =
    file.status === 'loaded' ? { rows: file.read - file.rejected, rejects: file.rejected } : { rows: 0, rejects: 0 };
  const keys = new Set(parts.map(({ key }) => key));
  if (keys.size !== parts.length) throw toProtocolError('a worker', `a part of file ${fileNo} twice`);
  for (const table of ['rows', 'rejects'] as const) {
    const own = parts.filter((part) => part.table === table);
    const place = `${prefix}${table}/file-${fileNo}-`;
    if (!own.every(({ key }) => key.startsWith(place))) {
      throw toProtocolError('a worker', `a part of file ${fileNo} that does not lie below ${place}`);
    }
    const lines = own.reduce((sum, part) => sum + part.lines, 0);
    if (lines !== expected[table]) {
      throw toProtocolError('a worker', `${lines} staged ${table} of file ${fileNo}, not ${expected[table]}`);
    }
  }
}
