import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type DeliveredFile, encodeStagedLine, parsePolicy } from '@weir/core';
import { buildDelivery, buildRun, commitDeliveries, stageDeliveries } from '@weir/core/testing';
import { findRefusals } from '@weir/warehouse-sql/testing';
import {
  DataApiSession,
  RedshiftDeliveryLog,
  RedshiftDimensionCatalog,
  RedshiftFactReader,
  RedshiftRunHistory,
  RedshiftSchema,
  RedshiftWarehouse,
} from '../src/redshift/index.ts';
import { inThisRealm } from './support/in-this-realm.ts';
import { openEmptyRedshift, type RedshiftSubject } from './support/redshift-subject.ts';

let subject: RedshiftSubject;
let client: RedshiftDataClient;
let place: { readonly session: DataApiSession; readonly staging: RedshiftSubject['staging'] };
const sent: string[] = [];

beforeEach(async () => {
  subject = await openEmptyRedshift();
  client = inThisRealm(new RedshiftDataClient(subject.simulator.clientConfig));
  client.middlewareStack.add(
    (next) => (args) => {
      const { Sql, Sqls = [] } = args.input as { Sql?: string; Sqls?: readonly string[] };
      sent.push(...(Sql === undefined ? Sqls : [Sql]));
      return next(args);
    },
    { step: 'initialize' },
  );
  sent.length = 0;
  place = {
    session: new DataApiSession({ client, workgroupName: 'weir', database: 'weir' }),
    staging: subject.staging,
  };
});
afterEach(async () => {
  client.destroy();
  await subject.close();
});

test('whatever is sent to Redshift passes the gate of its dialect, COPY and UNLOAD included', async () => {
  await new RedshiftSchema({ ...place, clock: { now: () => 0 } }).upgrade();
  const warehouse = new RedshiftWarehouse(place);
  const catalog = new RedshiftDimensionCatalog(place);
  const history = new RedshiftRunHistory(place);
  const deliveries = new RedshiftDeliveryLog(place);
  await catalog.load([{ dimension: 'products', rows: lines(['P-1', "O'B \\", '', '1.00', 'S']) }]);
  for await (const _ of catalog.read('customers')) throw new Error('There is no customer.');
  await catalog.snapshot('snapshot/');
  const delivery = buildDelivery({ key: "a'b\\.csv", rows: [{}, {}], rejects: [{}] });
  await commitDeliveries(warehouse, 'run-1', [delivery], {
    policy: { decisions: 'all', terminalStatuses: ['Refunded'] },
  });
  const stage = await warehouse.openStage('run-3');
  await stageDeliveries(stage, [delivery]);
  const files = buildRun('', [delivery]).files as readonly DeliveredFile[];
  await stage.preview({ policy: parsePolicy({ terminalStatuses: ['Refunded'] }), files, examples: 5 });
  await stage.close();
  await warehouse.committedHashes([delivery.key]);
  await warehouse.recordFailedRun({ runId: 'run-2', startedAt: 0, failedAt: 1, policyHash: 'p', error: '' });
  expect((await history.runs({ limit: 10 })).length).toBe(2);
  const after = { sourceDay: '2023-03-01', key: "it's\\.csv", runId: 'run-1' };
  const range = { fromDay: '2023-03-01', toDay: '2023-03-31' };
  expect(
    await history.runs({ limit: 10, before: { startedAt: 1, runId: "run-1's" }, statuses: ['failed'] }),
  ).toHaveLength(1);
  expect(await history.run('run-1')).toBeDefined();
  for await (const files of deliveries.files({ ...range, after, statuses: ['loaded'] })) expect(files).toHaveLength(1);
  expect(await deliveries.days(range)).toHaveLength(1);
  for await (const facts of new RedshiftFactReader(place).facts()) expect(facts).toHaveLength(1);
  await expect(
    commitDeliveries(warehouse, 'run-3', [buildDelivery({ key: 'b.csv', rows: [{ customer_id: 'x'.repeat(65) }] })]),
  ).rejects.toMatchObject({ code: 'warehouse.value-refused' });
  await expect(
    commitDeliveries(warehouse, 'run-4', [{ ...buildDelivery({ key: 'c.csv', rows: [{}] }), read: 2 }]),
  ).rejects.toMatchObject({ code: 'warehouse.count-mismatch' });
  const refused = sent.filter((sql) => findRefusals(sql).length > 0);
  expect(refused).toEqual([]);
  for (const command of [/^COPY/, /^UNLOAD/, /^LOCK/, /^CREATE TABLE/, /sys_load_error_detail/, /counted/]) {
    expect(sent.some((sql) => command.test(sql))).toBe(true);
  }
});

async function* lines(...rows: readonly (readonly string[])[]): AsyncGenerator<Uint8Array> {
  for (const row of rows) yield encodeStagedLine(row);
}
