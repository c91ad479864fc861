import { buildContentHash, buildDelivery, buildFaults, commitDeliveries, InMemoryWarehouse } from '@weir/core/testing';

export const RUN = '20230316T010000Z-aaaaaa';

/** A warehouse with two runs: a good and a bad file, a refused one, and a later day that updates a row. */
export async function openShop(name: string = 'a'): Promise<InMemoryWarehouse> {
  const warehouse = new InMemoryWarehouse();
  const refusal = { code: 'header-missing-column', message: `The header lacks "price" (${name}).` } as const;
  await commitDeliveries(
    warehouse,
    RUN,
    [
      buildDelivery({
        key: `day/${name}.csv`,
        sourceDay: '2023-03-15',
        contentHash: buildContentHash('a'),
        rows: [
          { transaction_id: 'T-1', total_amount: '39.98', amount_class: 'Small' },
          { transaction_id: 'T-2', total_amount: '600.00', amount_class: 'Large', transaction_date: '2023-03-13' },
        ],
        rejects: [
          { faults: buildFaults('price-negative', 'status-unknown'), raw_record: 'secret,ada@example.org,-1' },
          { faults: buildFaults('status-unknown'), raw_record: 'secret,ada@example.org,2' },
        ],
      }),
      buildDelivery({ key: 'day/b.csv', sourceDay: '2023-03-15', status: 'refused', refusal }),
    ],
    {
      warnings: [`${name} has columns that are ignored: notes`],
      phases: { listing: 12, dimensions: 34, reading: 5600 },
    },
  );
  await commitDeliveries(
    warehouse,
    '20230317T010000Z-bbbbbb',
    [
      buildDelivery({
        key: 'day/c.csv',
        sourceDay: '2023-03-17',
        sourceModified: Date.UTC(2023, 2, 17),
        rows: [{ transaction_id: 'T-1', status: 'Refunded' }],
      }),
    ],
    { startedAt: Date.UTC(2023, 2, 17, 1), committedAt: Date.UTC(2023, 2, 17, 1, 0, 2) },
  );
  return warehouse;
}
