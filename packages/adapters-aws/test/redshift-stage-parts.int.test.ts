import { inspect } from 'node:util';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PortError } from '@weir/core';
import {
  buildDelivery,
  buildRun,
  buildStagedReject,
  buildStagedRow,
  encodeStagedReject,
  encodeStagedRow,
} from '@weir/core/testing';
import type { RedshiftStage } from '../src/redshift/index.ts';
import { StagedFileWriter, type StagedPart } from '../src/s3/index.ts';
import { openRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

const PREFIX = 'runs/run-1/7/';
const DELIVERY = buildDelivery({ rows: [{ transaction_id: 'T-1' }, { transaction_id: 'T-2' }], rejects: [{}] });

let subject: RedshiftSubject;
let stage: RedshiftStage;

beforeEach(async () => {
  subject = await openRedshift();
  stage = await subject.openWarehouse({ prefixOf: () => PREFIX }).openStage('run-1');
}, 60_000);
afterEach(() => subject.close());

/** What a worker leaves of the delivery. */
async function writeParts(lines?: Uint8Array, prefix = PREFIX): Promise<readonly StagedPart[]> {
  const writer = new StagedFileWriter({ ...subject.staging, prefix, fileNo: 1 });
  await writer.writeRows(lines ?? Buffer.concat(DELIVERY.rows.map((row) => encodeStagedRow({ ...row, file_no: 1 }))));
  await writer.writeRejects(encodeStagedReject(buildStagedReject({ source_line: 4, file_no: 1 })));
  return await writer.end();
}

describe('parts that workers wrote', () => {
  test('are committed', async () => {
    await stage.adopt(await writeParts());
    const { files } = await stage.commit(buildRun('run-1', [DELIVERY]));
    expect(files[0]!.books).toMatchObject({ inserted: 2, rejected: 1 });
  });

  test('are committed together with lines of the stage itself', async () => {
    const own = buildDelivery({ key: 'own.csv', rows: [{ transaction_id: 'T-9' }] });
    await stage.adopt(await writeParts());
    await stage.writeRows(encodeStagedRow({ ...buildStagedRow({ transaction_id: 'T-9' }), file_no: 2 }));
    const { files } = await stage.commit(buildRun('run-1', [DELIVERY, own]));
    expect(files.map(({ books }) => books.inserted)).toEqual([2, 1]);
  });

  const damaged = { code: 'warehouse.stage-damaged' };

  test('are refused where one is missing', async () => {
    const parts = await writeParts();
    await subject.staging.client.send(new DeleteObjectCommand({ Bucket: subject.staging.bucket, Key: parts[1]!.key }));
    await expect(stage.adopt(parts)).rejects.toMatchObject({ ...damaged, context: { key: parts[1]!.key } });
  });

  test('are refused where one was written anew with as many bytes', async () => {
    const parts = await writeParts();
    const { key, bytes } = parts[0]!;
    await put(key, Buffer.alloc(bytes, 7));
    await expect(stage.adopt(parts)).rejects.toMatchObject({ ...damaged, context: { key } });
  });

  test('are refused where one is told twice, also by two calls', async () => {
    const parts = await writeParts();
    await expect(stage.adopt([...parts, parts[0]!])).rejects.toMatchObject(damaged);
    await stage.adopt(parts);
    await expect(stage.adopt([parts[0]!])).rejects.toMatchObject(damaged);
  });

  test('are refused where they lie outside of the stage', async () => {
    await expect(stage.adopt(await writeParts(undefined, 'runs/run-1/6/'))).rejects.toMatchObject(damaged);
  });

  test('are refused by Redshift where one goes missing after the look at it', async () => {
    const parts = await writeParts();
    await stage.adopt(parts);
    await subject.staging.client.send(new DeleteObjectCommand({ Bucket: subject.staging.bucket, Key: parts[0]!.key }));
    await expect(stage.commit(buildRun('run-1', [DELIVERY]))).rejects.toMatchObject(damaged);
    expect(await subject.query('SELECT * FROM fact_transactions')).toEqual([]);
  });

  test('are refused where they hold another number of lines than was counted, with the name of the file', async () => {
    const lines = encodeStagedRow({ ...DELIVERY.rows[0]!, file_no: 1 });
    await stage.adopt(await writeParts(lines));
    const failed = stage.commit(buildRun('run-1', [DELIVERY]));
    await expect(failed).rejects.toMatchObject({
      code: 'warehouse.count-mismatch',
      message: expect.stringContaining(DELIVERY.key),
    });
  });
});

describe('a value that does not fit', () => {
  const SECRET = 'Jane.Doe@example.com';

  test.each([
    ['no integer', 'quantity', { quantity: SECRET }],
    ['no date', 'transaction_date', { transaction_date: SECRET }],
    ['too long', 'customer_id', { customer_id: SECRET.repeat(10) }],
  ])('(%s) is told with its file, line and column, and is in no message', async (_, column, values) => {
    const good = encodeStagedRow({ ...DELIVERY.rows[0]!, file_no: 1 });
    const bad = encodeStagedRow({ ...DELIVERY.rows[1]!, file_no: 1, ...(values as object) });
    const parts = await writeParts(Buffer.concat([good, bad]));
    await stage.adopt(parts);
    const error = await stage.commit(buildRun('run-1', [DELIVERY])).catch((caught) => caught);
    expect(error).toBeInstanceOf(PortError);
    expect(error).toMatchObject({ code: 'warehouse.value-refused', retryable: false, context: { line: 2 } });
    expect(error.message).toContain(`line 2 of s3://${subject.staging.bucket}/${parts[0]!.key} in column ${column}`);
    expect(error.message).toContain('nothing was committed');
    expect(inspect(error, { depth: 10 })).not.toContain('Jane');
    expect(await subject.query('SELECT * FROM ingest_run')).toEqual([]);
  });
});

test('rows of a run whose id is taken are not committed', async () => {
  await stage.adopt(await writeParts());
  await stage.commit(buildRun('run-1', [DELIVERY]));
  const other = buildDelivery({ key: 'other.csv', rows: [{ transaction_id: 'T-9' }] });
  const second = await subject.warehouse.openStage('run-1');
  await second.writeRows(encodeStagedRow({ ...other.rows[0]!, file_no: 1 }));
  await expect(second.commit(buildRun('run-1', [other]))).rejects.toMatchObject({ code: 'warehouse.run-exists' });
  expect(await subject.query('SELECT COUNT(*)::int AS n FROM fact_transactions')).toEqual([{ n: 2 }]);
});

async function put(key: string, body: Uint8Array): Promise<void> {
  const { client, bucket } = subject.staging;
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ChecksumAlgorithm: 'SHA256',
    }),
  );
}
