import { refusesMerge } from './refuses-merge.ts';
import type { SqlPhrase } from './sql-phrase.ts';

/** What Redshift does not take, or takes for something else than Postgres does. */
export interface RedshiftRule {
  readonly name: string;
  /** `ours`: valid in Redshift, but never wanted in what Weir sends. */
  readonly scope: 'all' | 'ours';
  breaks(statement: SqlPhrase): boolean;
}

const rule = (name: string, breaks: RedshiftRule['breaks']): RedshiftRule => ({ name, scope: 'all', breaks });
const ours = (name: string, breaks: RedshiftRule['breaks']): RedshiftRule => ({ name, scope: 'ours', breaks });

const TYPES = [
  ...[
    'json',
    'jsonb',
    'serial',
    'bigserial',
    'smallserial',
    'uuid',
    'bytea',
    'money',
    'xml',
    'inet',
    'cidr',
    'macaddr',
  ],
  ...['hstore', 'tsvector', 'tsquery', 'citext', 'point', 'int4range', 'tstzrange'],
];
const FUNCTIONS = [
  ...[
    'string_agg',
    'array_agg',
    'unnest',
    'gen_random_uuid',
    'row_to_json',
    'to_json',
    'to_jsonb',
    'json_agg',
    'jsonb_agg',
  ],
  ...['json_build_object', 'jsonb_build_object', 'json_object_agg', 'make_date', 'make_timestamp', 'make_interval'],
  ...['clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'format', 'regexp_matches', 'starts_with'],
  ...['pg_advisory_lock', 'pg_advisory_xact_lock', 'pg_try_advisory_lock', 'pg_try_advisory_xact_lock', 'num_nulls'],
];

/** @see https://docs.aws.amazon.com/redshift/latest/dg/c_redshift-and-postgres-sql.html */
export const REDSHIFT_RULES: readonly RedshiftRule[] = [
  rule('ON CONFLICT', (s) => s.has('on conflict')),
  rule('RETURNING', (s) => s.startsWith('insert', 'update', 'delete', 'merge', 'with') && s.hasWord('returning')),
  rule('MERGE', refusesMerge),
  rule('clock of the leader node', (s) => {
    const isRead = s.hasWord('current_timestamp', 'localtimestamp', 'current_time', 'localtime') || s.calls('now');
    return isRead && s.touchesTable;
  }),
  rule('VALUES as a table', (s) =>
    s.find('values').some((at) => {
      if (s.isAt(at - 1, 'default')) return false;
      return !(s.depth(at) === 0 && (s.startsWith('insert', 'prepare') || (s.startsWith('merge') && s.has('insert'))));
    }),
  ),
  rule('IS DISTINCT FROM', (s) => s.has('is distinct from', 'is not distinct from')),
  rule('FILTER', (s) => s.has(') filter (')),
  rule('DISTINCT ON', (s) => s.has('distinct on (')),
  rule('array', (s) => s.has('array [', '[ ]')),
  rule('JSON operator', (s) => s.has('->', '->>', '#>', '#>>', '@>', '<@')),
  rule('type of Postgres', (s) => {
    const isColumn = s.startsWith('create', 'alter table');
    const places = [...s.find('::'), ...s.find('as').filter((at) => isCast(s, at))];
    return (
      places.some((at) => s.isAt(at + 1, TYPES.join('|'))) ||
      (isColumn && s.find(TYPES.join('|')).some((at) => !s.isAt(at - 1, '.|(|,|as') && !s.isAt(at + 1, '.|(')))
    );
  }),
  rule('timestamp with precision', (s) =>
    s.find('timestamp|timestamptz|time (').some((at) => s.tokens[at + 2]?.kind === 'number'),
  ),
  rule('function of Postgres', (s) => s.calls(...FUNCTIONS)),
  rule('generate_series', (s) => s.calls('generate_series') && s.touchesTable),
  rule('index, sequence, trigger or type', (s) =>
    s.startsWith(
      ...['create index', 'create unique index', 'create sequence', 'create trigger', 'create domain', 'create type'],
      ...[
        'create extension',
        'create rule',
        'create unlogged',
        'create aggregate',
        'create policy',
        'do',
        'listen',
        'notify',
      ],
    ),
  ),
  rule('savepoint', (s) => s.startsWith('savepoint', 'release', 'rollback to', 'rollback work to')),
  rule('NULLS in a window', (s) =>
    s.find('over (').some((at) => s.part(at + 1, s.closing(at + 1)).has('nulls first', 'nulls last')),
  ),
  rule('row constructor', (s) => (s.has('row (') ? s.calls('row') : comparesRows(s))),
  rule('LATERAL, TABLESAMPLE, WITH ORDINALITY', (s) =>
    s.has('join lateral', ', lateral', 'from lateral', 'tablesample', 'with ordinality'),
  ),
  rule('FOR UPDATE', (s) => s.has('for update', 'for share', 'for no key')),
  rule('FETCH FIRST', (s) => s.has('row only', 'rows only', 'with ties')),
  rule('ON COMMIT', (s) => s.has('on commit')),
  rule('SET LOCAL', (s) => s.startsWith('set local')),
  rule(
    'CHECK, EXCLUDE or a generated column',
    (s) =>
      s.startsWith('create', 'alter') &&
      (s.has('generated always', 'exclude using') || s.find('check (').some((at) => s.depth(at) > 0)),
  ),
  rule('CREATE TABLE IF NOT EXISTS AS', (s) => {
    if (!s.startsWith('create') || !s.has('table if not exists')) return false;
    return s.find('as select', 'as (').some((at) => s.depth(at) === 0);
  }),
  rule('change inside of WITH', (s) => s.has('( insert', '( update', '( delete') && s.has('with')),
  rule('outer join in UPDATE', (s) => {
    const joins = s.startsWith('update') ? s.find('left|right|full join', 'left|right|full outer') : [];
    return joins.some((at) => s.depth(at) === 0);
  }),
  rule('table name in SET', (s) => s.startsWith('update') && s.find('set ? . ? =').some((at) => s.depth(at) === 0)),
  rule('string with E or U&', (s) => s.tokens.some(({ kind, text }) => kind === 'string' && /^[eEuU]/.test(text))),
  rule(
    'placeholder with a number',
    (s) =>
      !s.startsWith('prepare') && s.tokens.some(({ text }, i) => text === '$' && s.tokens[i + 1]?.kind === 'number'),
  ),
  rule('collation of Postgres', (s) => s.find('collate').some((at) => s.tokens[at + 1]?.kind === 'name')),

  ours('TRUNCATE or VACUUM in a transaction', (s) => s.startsWith('truncate', 'vacuum')),
  ours('command of a transaction', (s) => s.startsWith('begin', 'start', 'commit', 'end', 'rollback', 'abort')),
  ours(
    'not in a transaction',
    (s) =>
      s.startsWith('create database', 'drop database', 'alter database', 'create external') ||
      s.has('append from') ||
      s.has('job create'),
  ),
  ours(
    'length that is not given',
    (s) =>
      s.hasWord('text', 'bpchar') ||
      s.find('as text|bpchar )').some((at) => isCast(s, at)) ||
      ['varchar', 'char', 'decimal', 'numeric'].some((type) => s.find(type).some((at) => !s.isAt(at + 1, '('))),
  ),
  ours('backslash in a string', (s) =>
    s.tokens.some(({ kind, text }, i) => {
      // A quote that stands alone: its string ends elsewhere where a backslash escapes.
      if (kind === 'symbol') return text === "'";
      return kind === 'string' && text.includes('\\') && !s.isAt(i - 1, 'delimiter');
    }),
  ),
  ours('MERGE, which is never cheaper than UPDATE and INSERT', (s) => s.startsWith('merge')),
  ours('reserved word as a column', (s) => columnsOf(s).some((name) => RESERVED.has(name))),
];

function isCast(s: SqlPhrase, at: number): boolean {
  for (let open = at; open >= 0; open--) {
    if (s.isAt(open, 'cast (')) return s.closing(open + 1) > at;
  }
  return false;
}

/** `(a, b) = (c, d)`, told from the call of a function. */
function comparesRows(s: SqlPhrase): boolean {
  return s.find('(').some((open) => {
    const close = s.closing(open);
    if (!s.isAt(close + 1, '=|<|>|<>|!=|<=|>=') || !s.isAt(close + 2, '(')) return false;
    const isCall =
      open > 0 && s.tokens[open - 1]!.kind === 'word' && !s.isAt(open - 1, 'where|and|or|on|not|when|then|having');
    return (
      !isCall &&
      s
        .part(open + 1, close)
        .find(',')
        .some((at) => s.part(open + 1, close).depth(at) === 0)
    );
  });
}

/** The names that a CREATE TABLE gives to its columns. */
function columnsOf(s: SqlPhrase): readonly string[] {
  if (!s.startsWith('create')) return [];
  const table = s.find('table')[0];
  const open = s.find('(')[0];
  const select = s.find('as')[0] ?? Number.POSITIVE_INFINITY;
  if (table === undefined || open === undefined || open > select) return [];
  const body = s.part(open + 1, s.closing(open));
  const starts = body.tokens.flatMap((_, at) =>
    at === 0 || (body.isAt(at - 1, ',') && body.depth(at) === 0) ? [at] : [],
  );
  const constraints = 'primary|unique|foreign|constraint|like';
  return starts.filter((at) => !body.isAt(at, constraints)).map((at) => body.tokens[at]!.text);
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html */
const RESERVED: ReadonlySet<string> = new Set(
  `aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64 backup between binary
  blanksasnull both bytedict bzip2 case cast check collate column connect constraint create credentials cross current_date
  current_time current_timestamp current_user current_user_id default deferrable deflate defrag delta delta32k desc disable
  distinct do else emptyasnull enable encode encrypt encryption end except explicit false for foreign freeze from full
  globaldict256 globaldict64k grant group gzip having identity ignore ilike in initially inner intersect interval into is
  isnull join language leading left like limit localtime localtimestamp lun luns lzo lzop minus mostly16 mostly32 mostly8
  natural new not notnull null nulls off offline offset oid old on only open or order outer overlaps parallel partition
  percent permissions pivot placing primary qualify raw readratio recover references rejectlog resort respect restore right
  select session_user similar snapshot some sysdate system table tag tdes text255 text32k then timestamp to top trailing
  true truncatecolumns type union unique unnest unpivot user using verbose wallet when where with without`.split(/\s+/),
);
