import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { DimensionName } from '@weir/core';
import { checkSentTexts } from '../../core/test/support/check-sent-texts.ts';
import { sendTexts } from '../../core/test/support/send-texts.ts';
import { describeShared, sharedPath } from '../../core/test/support/shared-data.ts';
import { openRedshift } from './support/redshift-subject.ts';

describeShared('naughty-strings/blns.json', 'the big list of naughty strings', () => {
  test('comes back from the simulated Redshift through every column, or in a record that breaks a rule', async () => {
    const texts = JSON.parse(readFileSync(sharedPath('naughty-strings/blns.json'), 'utf8')) as string[];
    expect(texts).toHaveLength(515);
    const subject = await openRedshift();
    const dimension = async (name: DimensionName) => {
      const rows = await subject.query(`SELECT * FROM dim_${name}`);
      return new Map(rows.map((row) => [row[name === 'products' ? 'product_id' : 'customer_id'] as string, row]));
    };
    const ports = { ...subject, dimension };
    const tallies = checkSentTexts(await sendTexts(ports, texts), texts);
    for (const [column, { stored, rejected }] of Object.entries(tallies)) {
      process.stderr.write(`${column}: ${stored} stored, ${rejected} rejected, of ${texts.length}\n`);
      expect(stored + rejected).toBe(texts.length);
    }
    await subject.close();
  }, 60_000);
});
