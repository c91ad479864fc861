import { describe, expect, test } from '@jest/globals';
import { listMigrations, planUser, SCHEMA_TABLE, selectMissingRights } from '../src/index.ts';

const USER = { name: 'weir_app', passwordHash: `md5${'0'.repeat(32)}`, database: 'weir', isNew: true };
const textsOf = (given: Partial<typeof USER> = {}) => planUser({ ...USER, ...given }).map(({ text }) => text);

describe('the user of the programs', () => {
  test('gets just these rights, after all that it had on the tables was taken', () => {
    expect(textsOf().slice(1)).toEqual([
      `CREATE USER "weir_app" PASSWORD 'md5${'0'.repeat(32)}'`,
      'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
      'GRANT USAGE ON SCHEMA public TO "weir_app"',
      'GRANT TEMPORARY ON DATABASE "weir" TO "weir_app"',
      'REVOKE ALL ON TABLE fact_transactions, dim_products, dim_customers, ingest_run, ingest_file, ingest_reject, ingest_decision, ingest_lock, weir_schema FROM "weir_app"',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE fact_transactions TO "weir_app"',
      'GRANT SELECT, INSERT, UPDATE ON TABLE dim_products TO "weir_app"',
      'GRANT SELECT, INSERT, UPDATE ON TABLE dim_customers TO "weir_app"',
      'GRANT SELECT, INSERT, UPDATE ON TABLE ingest_run TO "weir_app"',
      'GRANT SELECT, INSERT, UPDATE ON TABLE ingest_file TO "weir_app"',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE ingest_reject TO "weir_app"',
      'GRANT SELECT, INSERT ON TABLE ingest_decision TO "weir_app"',
      'GRANT SELECT, UPDATE ON TABLE ingest_lock TO "weir_app"',
      'GRANT SELECT ON TABLE weir_schema TO "weir_app"',
    ]);
  });

  test('is altered where it is there, and nothing else differs', () => {
    const [known, made] = [textsOf({ isNew: false }), textsOf()];
    expect(known[1]).toBe(`ALTER USER "weir_app" PASSWORD 'md5${'0'.repeat(32)}'`);
    expect(known.toSpliced(1, 1)).toEqual(made.toSpliced(1, 1));
  });

  test('has a right to every table that a migration makes, and is asked for each of them by the doctor', () => {
    const made = listMigrations('redshift').flatMap(({ statements }) =>
      statements.flatMap((text) => /^CREATE TABLE (\w+)/.exec(text)?.[1] ?? []),
    );
    const granted = textsOf().flatMap((text) => {
      const [, rights, table] = /^GRANT ([A-Z, ]+) ON TABLE (\w+)/.exec(text) ?? [];
      return rights === undefined ? [] : rights.split(', ').map((right) => [table, right] as const);
    });
    expect([...new Set(granted.map(([table]) => table))].sort()).toEqual([...made, SCHEMA_TABLE.name].sort());

    const { text } = selectMissingRights('redshift');
    for (const [table, right] of granted) expect(text).toContain(`has_table_privilege('${table}', '${right}')`);
    expect(text.match(/has_table_privilege/g)).toHaveLength(granted.length);
  });

  test('is no way to say something else by its name', () => {
    const [, create] = textsOf({ name: 'a" CREATEUSER; --' });
    expect(create).toMatch(/^CREATE USER "a"" CREATEUSER; --" PASSWORD '/);
    expect(() => textsOf({ name: '' })).toThrow(RangeError);
    expect(() => textsOf({ database: 'a\0' })).toThrow(RangeError);
  });
});
