import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { DimensionName } from '@weir/core';
import { checkSentTexts } from '../../core/test/support/check-sent-texts.ts';
import { sendTexts } from '../../core/test/support/send-texts.ts';
import { describeShared, sharedPath } from '../../core/test/support/shared-data.ts';
import { PostgresDimensionCatalog } from '../src/index.ts';
import { OVER_TWO, openWarehouseSubject } from './postgres-warehouse-subject.ts';

describeShared('naughty-strings/blns.json', 'the big list of naughty strings', () => {
  test('comes back from Postgres through every column, or in a record that breaks a rule of the column', async () => {
    const texts = JSON.parse(readFileSync(sharedPath('naughty-strings/blns.json'), 'utf8')) as string[];
    expect(texts).toHaveLength(515);
    const { pool, close, ...subject } = await openWarehouseSubject(OVER_TWO);
    const dimension = async (name: DimensionName) => {
      const { rows } = await pool.query(`SELECT * FROM dim_${name}`);
      return new Map(rows.map((row) => [row[name === 'products' ? 'product_id' : 'customer_id'] as string, row]));
    };
    const ports = { ...subject, catalog: new PostgresDimensionCatalog({ pool }), dimension };
    const tallies = checkSentTexts(await sendTexts(ports, texts), texts);
    for (const [column, { stored, rejected }] of Object.entries(tallies)) {
      process.stderr.write(`${column}: ${stored} stored, ${rejected} rejected, of ${texts.length}\n`);
      expect(stored + rejected).toBe(texts.length);
    }
    await close();
  }, 60_000);
});
