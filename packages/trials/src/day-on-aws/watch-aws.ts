import { readStoredDecisions, readStoredRejects } from '@weir/port-contracts';
import type { Shop } from '../../../../infra/test/end-to-end/open-shop.ts';
import type { PlacedFile, Watched } from '../invariants/index.ts';
import { hashOf } from '../model/delivery.ts';

/** A shop on AWS, seen from outside. */
export function watchAws(shop: Shop): Watched {
  const query = (text: string) => shop.simulator.redshift.query(text);
  const placed = async (bucket: 'landing' | 'archive' | 'quarantine') =>
    shop.versionsIn(bucket).map(({ key, content }): PlacedFile => ({ key, contentHash: hashOf(content) }));
  return {
    facts: shop.facts,
    history: shop.history,
    rejects: () => readStoredRejects(query),
    decisions: () => readStoredDecisions(query),
    landed: async () => (await placed('landing')).filter(({ key }) => key.startsWith('transactions/')),
    archived: () => placed('archive'),
    quarantined: () => placed('quarantine'),
  };
}
