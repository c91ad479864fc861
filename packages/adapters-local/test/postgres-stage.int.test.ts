import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildDelivery, buildRun, commitDeliveries, type Delivery, stageDeliveries } from '@weir/core/testing';
import { PostgresWarehouse } from '../src/index.ts';
import { openPlace, type PostgresPlace } from './postgres-place.ts';
import { PostgresProbe } from './postgres-probe.ts';
import { CONNECTIONS } from './postgres-warehouse-subject.ts';

const DELIVERY = buildDelivery({ rows: [{}, { transaction_id: 'T-2' }], rejects: [{}] });

let place: PostgresPlace;
let probe: PostgresProbe;
let warehouse: PostgresWarehouse;

beforeEach(async () => {
  place = await openPlace();
  probe = new PostgresProbe(place);
});

describe.each(CONNECTIONS)('a stage (%s)', (_, connections) => {
  beforeEach(() => {
    warehouse = new PostgresWarehouse({ pool: place.pool, ...connections });
  });

  test.each([
    [
      'a value of the wrong type',
      '1\t2\tT\tC\tP\tmany\t1.00\t2023-03-14\tCash\tPending\t1\t1.00\tSmall\ta\tb\tc\t1.00\td\n',
    ],
    ['too few columns', '1\t2\tT\n'],
    ['a NULL', '1\t2\t\\N\tC\tP\t1\t1.00\t2023-03-14\tCash\tPending\t1\t1.00\tSmall\ta\tb\tc\t1.00\td\n'],
  ])('refuses %s without repeating it', async (_, line) => {
    const stage = await warehouse.openStage('run-1');
    const failing = stage.writeRows(new TextEncoder().encode(line)).then(() => stage.commit(buildRun('run-1', [])));
    await expect(failing).rejects.toMatchObject({
      code: 'warehouse.value-refused',
      message: expect.not.stringContaining('many'),
    });
    await stage.close();
    expect(await probe.countAll()).toBe(0);
  });

  test('is of no use after its commit, after a failed commit, and after it was closed', async () => {
    const line = new TextEncoder().encode('x\n');
    const closed = { code: 'warehouse.stage-closed' };
    const stage = await warehouse.openStage('run-1');
    await stageDeliveries(stage, [DELIVERY]);
    const wrong: Delivery = { ...DELIVERY, read: 99 };
    await expect(stage.commit(buildRun('run-1', [wrong]))).rejects.toMatchObject({ code: 'warehouse.count-mismatch' });
    await expect(stage.commit(buildRun('run-1', [DELIVERY]))).rejects.toMatchObject(closed);
    await expect(stage.writeRows(line)).rejects.toMatchObject(closed);
    await stage.close();
    await expect(stage.writeRejects(line)).rejects.toMatchObject(closed);
  });

  test('holds a thousand files', async () => {
    const deliveries = Array.from({ length: 1000 }, (_, i) =>
      buildDelivery({ key: `${i}.csv`, rows: [{ transaction_id: `T-${i % 700}` }] }),
    );
    const { files } = await commitDeliveries(warehouse, 'run-1', deliveries);
    expect(files).toHaveLength(1000);
    expect(await probe.countAll()).toBe(700 + 1 + 1000 + 300);
  });
});
