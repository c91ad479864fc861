import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import { createTable, createTemporaryTable, FACT_TABLE, listMigrations, STAGE_TABLES } from '../src/index.ts';
import { findRefusals } from '../src/testing/index.ts';
import { listRedshiftStatements } from './support/redshift-statements.ts';

describe('statements for redshift', () => {
  const SEED = Number(process.env.WEIR_SEED ?? Math.floor(Math.random() * 2 ** 31));

  test(`pass the gate under arbitrary policies (WEIR_SEED=${SEED})`, () => {
    const random = randomFrom(SEED);
    for (let round = 0; round < 50; round++) {
      const statuses = [...new Set(Array.from({ length: 2 + random(4) }, () => arbitraryWord(random)))];
      const policy = parsePolicy({
        decisions: (['all', 'changes', 'none'] as const)[random(3)]!,
        statuses,
        terminalStatuses: statuses.slice(0, random(statuses.length + 1)),
      });
      for (const { name, text } of listRedshiftStatements(policy)) {
        expect({ name, text, found: findRefusals(text) }).toEqual({ name, text, found: [] });
      }
    }
  });

  test('are one statement each', () => {
    for (const { text } of listRedshiftStatements()) expect(text).not.toMatch(/;\s*$/);
  });

  test('spread and sort the large tables by the id of a transaction', () => {
    const large = [FACT_TABLE, STAGE_TABLES.find(({ name }) => name === 'stage_row')!];
    for (const table of large) {
      expect(createTable(table, 'redshift').join()).toMatch(
        /\) DISTKEY \(transaction_id\) SORTKEY \(transaction_id\)$/,
      );
    }
    const verdicts = listRedshiftStatements().find(({ name }) => name === 'decide-rows')!.text;
    expect(verdicts).toMatch(
      /^CREATE TEMPORARY TABLE stage_verdict DISTKEY \(transaction_id\) SORTKEY \(transaction_id\) AS\nSELECT /,
    );
  });

  test('keep money exact, and ids in as many bytes as the rules allow', () => {
    const [facts] = createTable(FACT_TABLE, 'redshift');
    const columns = new Map(facts!.split('\n').map((line) => line.trim().split(/ (.*)/) as [string, string]));
    for (const name of ['price', 'list_price']) expect(columns.get(name)).toBe('DECIMAL(12, 2) NOT NULL,');
    expect(columns.get('total_amount')).toBe('DECIMAL(18, 2) NOT NULL,');
    for (const name of ['transaction_id', 'customer_id', 'product_id', 'supplier_id'])
      expect(columns.get(name)).toBe('VARCHAR(64) NOT NULL,');
    expect(columns.get('source_key')).toBe('VARCHAR(4096) NOT NULL,');
    expect(columns.get('quantity')).toBe('INTEGER NOT NULL,');
  });

  test('give every text a length, at most that of Redshift, and no column a binary float', () => {
    const tables = [
      ...listMigrations('redshift').flatMap((migration) => migration.statements),
      ...STAGE_TABLES.map((table) => createTemporaryTable(table, 'redshift').text),
    ].join('\n');
    expect(tables).not.toMatch(/VARCHAR(?!\()|\bCHAR\b|FLOAT|REAL|DOUBLE|NUMERIC/);
    for (const [, bytes] of tables.matchAll(/VARCHAR\((\d+)\)/g)) expect(Number(bytes)).toBeLessThanOrEqual(65_535);
  });
});

const CHARACTERS = ["'", '\\', ':', '$', '"', ';', '--', 'é', 'Paid', '1', ' in ', '/*', 'now()', '%', '('];

function arbitraryWord(random: (below: number) => number): string {
  const word = Array.from({ length: 1 + random(5) }, () => CHARACTERS[random(CHARACTERS.length)]).join('');
  return `w${word}`.trim();
}

/** Mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
