import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeConfig, putBetweenMarks, splitAtMarks } from '../src/config-reference.ts';
import { createJsonSchema } from '../src/json-schema.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
/** Tables are drawn anew by the formatter. */
const plain = (text: string) => text.replace(/-+/g, '-').replace(/\s+/g, ' ').trim();

describe('what is made from the schema is in step with it: node scripts/write-configuration-reference.mjs', () => {
  it('the JSON schema', () => {
    expect(JSON.parse(read('../weir.config.schema.json'))).toEqual(JSON.parse(JSON.stringify(createJsonSchema())));
  });
  it('the tables of docs/configuration.md', () => {
    expect(plain(splitAtMarks(read('../../../docs/configuration.md'))[1])).toBe(plain(describeConfig()));
  });
});

it('the schema describes every key, so that editors can', () => {
  const undescribed: string[] = [];
  const look = (path: string, { properties = {} }: ReturnType<typeof createJsonSchema>) => {
    for (const [key, part] of Object.entries(properties)) {
      if (part.description === undefined && !path.includes('amountClasses')) undescribed.push(`${path}${key}`);
      look(`${path}${key}.`, part);
    }
  };
  look('', createJsonSchema());
  expect(undescribed).toEqual([]);
});

it('a page without marks is not written over', () => {
  expect(() => putBetweenMarks('# A page', 'tables')).toThrow('The page has no <!-- Made by');
});
