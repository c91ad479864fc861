import { to } from 'pg-copy-streams';
import { DatabaseFault } from '../database/database-fault.ts';
import type { RedshiftPlace } from '../database/redshift-place.ts';
import { readLines } from '../load/read-lines.ts';
import { checkRole, s3Fault } from '../load/s3-fault.ts';
import type { UnloadCommand } from '../sql/parse-unload.ts';
import { translateSelect } from '../sql/translate.ts';
import { encodeRow } from './encode-row.ts';
import { UnloadTarget } from './unload-target.ts';

/**
 * UNLOAD to S3. What was written stays there, whatever becomes of the transaction.
 *
 * @returns rows that were written
 * @throws DatabaseFault where files lie there already that it may not replace
 */
export async function unloadFiles(unload: UnloadCommand, place: RedshiftPlace): Promise<number> {
  const { session, database, objects, roles } = place;
  checkRole(unload.role, roles);
  clearPath(unload, place);
  const { text, lengths } = translateSelect(unload.select);
  await database.ensureLengths(lengths);
  const { fields } = await session.query(`SELECT * FROM (${text}) unloaded LIMIT 0`);
  const encode = encodeRow(unload);
  const header = unload.hasHeader ? encode(fields.map(({ name }) => name)) : undefined;
  const target = new UnloadTarget(unload, place.slices, header);
  const rows = session.query(to(`COPY (${text}) TO STDOUT`));
  const stream = { address: '', compression: 'none', escapes: false } as const;
  for await (const chunk of linesOf(rows, stream)) {
    for (const line of chunk) target.add(encode(decodeFields(line.toString('utf8'))));
  }
  for (const { key, body } of target.end()) write(objects, unload.bucket, key, body);
  await session.query("SELECT set_config('redshift.last_unload_count', $1, false)", [String(target.rows)]);
  return target.rows;
}

function clearPath({ bucket, prefix, cleansPath, overwrites }: UnloadCommand, { objects }: RedshiftPlace): void {
  const known = objects.keysBelow(bucket, prefix);
  if (cleansPath) for (const key of known) objects.remove(bucket, key);
  if (known.length > 0 && !cleansPath && !overwrites)
    throw new DatabaseFault(
      'XX000',
      'Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, manually removing the target files in S3, or using the ALLOWOVERWRITE option.',
    );
}

function write(objects: RedshiftPlace['objects'], bucket: string, key: string, body: Buffer): void {
  try {
    objects.write(bucket, key, body);
  } catch (error) {
    throw s3Fault(`S3ServiceException:${(error as Error).message}`, `s3://${bucket}/${key}`);
  }
}

async function* linesOf(
  rows: AsyncIterable<Buffer>,
  form: { readonly address: string; readonly compression: 'none'; readonly escapes: boolean },
): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of rows) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const end = bytes.lastIndexOf(10) + 1;
    rest = Buffer.from(bytes.subarray(end));
    yield* readLines({ ...form, body: bytes.subarray(0, end) });
  }
}

/** Fields as COPY of Postgres writes them; null for NULL. */
function decodeFields(line: string): readonly (string | null)[] {
  return line.split('\t').map((field) => {
    if (!field.includes('\\')) return field;
    if (field === '\\N') return null;
    return field.replace(/\\([\s\S])/g, (_, special: string) => DECODED[special] ?? special);
  });
}

const DECODED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
