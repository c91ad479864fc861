import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeShared, sharedPath, withUnpacked } from '../../core/test/support/shared-data.ts';
import { openShopOnAws, PROFILE } from './support/shop-on-aws.ts';

const ARCHIVE = 'online-retail/days-001-100.tar.xz';

describeShared(ARCHIVE, '100 days of a real shop', () => {
  it('go from S3 into Redshift by the same command, as an independent program says', async () => {
    const expected = JSON.parse(readFileSync(sharedPath('online-retail', 'expected.json'), 'utf8'));
    const shop = await openShopOnAws({ profiles: { prod: PROFILE } });
    const weir = (...args: string[]) => shop.weir(...args, '--profile', 'prod');
    try {
      await withUnpacked(ARCHIVE, async (source) => {
        await shop.land(join(source, 'landing'));
        const dimensions = (name: string) => join(source, 'dimensions', `${name}.csv`);
        expect(await weir('init')).toMatchObject({ code: 0 });
        const files = ['--products', dimensions('products'), '--customers', dimensions('customers')];
        expect(await weir('dimensions', 'load', ...files)).toMatchObject({ code: 0 });
      });
      const ended = await weir('ingest');
      expect(ended.json()).toMatchObject({
        status: 'succeeded-with-rejects',
        totals: { read: expected.read, rejected: expected.rejected, inserted: expected.facts },
        archived: 100,
      });
      expect(await shop.digest()).toEqual({ facts: expected.facts, sha256: expected.facts_sha256 });
    } finally {
      await shop.close();
    }
  }, 180_000);
});
