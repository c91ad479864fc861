/**
 * What Redshift has and Postgres has not, in a schema of its own that every session looks into.
 *
 * `redshift_varchar` has the bytes of a text and the comparisons of a blank-padded one: trailing blanks do not count. The
 * domains over it, one a length, are made when a table asks for them.
 */
export const INSTALL_REDSHIFT = `
CREATE SCHEMA redshift;
SET search_path TO redshift;

CREATE TYPE redshift_varchar;
${internal('varchar_in(cstring)', 'redshift_varchar', 'textin')}
${internal('varchar_out(redshift_varchar)', 'cstring', 'textout')}
${internal('varchar_receive(internal)', 'redshift_varchar', 'textrecv')}
${internal('varchar_send(redshift_varchar)', 'bytea', 'textsend')}
CREATE TYPE redshift_varchar (
  INPUT = varchar_in, OUTPUT = varchar_out, RECEIVE = varchar_receive, SEND = varchar_send,
  LIKE = text, CATEGORY = 'S', COLLATABLE = true
);
CREATE CAST (redshift_varchar AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (redshift_varchar AS varchar) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS redshift_varchar) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE CAST (varchar AS redshift_varchar) WITHOUT FUNCTION AS ASSIGNMENT;

${internal('varchar_compare(redshift_varchar, redshift_varchar)', 'integer', 'bpcharcmp')}
${internal('varchar_hash(redshift_varchar)', 'integer', 'hashbpchar')}
${operator('=', 'eq', '=', '<>', 'eq', 'HASHES, MERGES,')}
${operator('<>', 'ne', '<>', '=', 'neq', '')}
${operator('<', 'lt', '>', '>=', 'scalarlt', '')}
${operator('<=', 'le', '>=', '>', 'scalarle', '')}
${operator('>', 'gt', '<', '<=', 'scalargt', '')}
${operator('>=', 'ge', '<=', '<', 'scalarge', '')}
CREATE OPERATOR CLASS redshift_varchar_order DEFAULT FOR TYPE redshift_varchar USING btree AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
  FUNCTION 1 varchar_compare(redshift_varchar, redshift_varchar);
CREATE OPERATOR CLASS redshift_varchar_hash DEFAULT FOR TYPE redshift_varchar USING hash AS
  OPERATOR 1 =, FUNCTION 1 varchar_hash(redshift_varchar);

CREATE FUNCTION cut_bytes(text, integer) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT CASE WHEN octet_length($1) <= $2 THEN $1 ELSE
    (SELECT left($1, max(n)) FROM generate_series(0, $2) n WHERE octet_length(left($1, n)) <= $2) END $$;
CREATE FUNCTION len(text) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS 'SELECT length($1)';
CREATE FUNCTION getdate() RETURNS timestamp STABLE LANGUAGE sql AS
  $$ SELECT date_trunc('second', statement_timestamp() AT TIME ZONE 'UTC') $$;
CREATE FUNCTION sha2(text, integer) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT encode(CASE $2 WHEN 224 THEN sha224(convert_to($1, 'UTF8')) WHEN 384 THEN sha384(convert_to($1, 'UTF8'))
    WHEN 512 THEN sha512(convert_to($1, 'UTF8')) ELSE sha256(convert_to($1, 'UTF8')) END, 'hex') $$;
CREATE FUNCTION datediff(text, timestamp, timestamp) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT CASE WHEN lower($1) IN ('year', 'years', 'y') THEN date_part('year', $3) - date_part('year', $2)
    WHEN lower($1) IN ('month', 'months', 'mon')
      THEN 12 * (date_part('year', $3) - date_part('year', $2)) + date_part('month', $3) - date_part('month', $2)
    ELSE (date_part('epoch', date_trunc($1, $3)) - date_part('epoch', date_trunc($1, $2)))
      / date_part('epoch', ('1 ' || $1)::interval) END::bigint $$;
CREATE FUNCTION dateadd(text, bigint, timestamp) RETURNS timestamp IMMUTABLE STRICT LANGUAGE sql AS
  $$ SELECT $3 + ($2 || ' ' || $1)::interval $$;
CREATE FUNCTION pg_last_copy_count() RETURNS bigint STABLE LANGUAGE sql AS
  $$ SELECT COALESCE(NULLIF(current_setting('redshift.last_copy_count', true), ''), '0')::bigint $$;
CREATE FUNCTION pg_last_unload_count() RETURNS bigint STABLE LANGUAGE sql AS
  $$ SELECT COALESCE(NULLIF(current_setting('redshift.last_unload_count', true), ''), '0')::bigint $$;
CREATE FUNCTION pg_last_copy_id() RETURNS bigint STABLE LANGUAGE sql AS
  $$ SELECT COALESCE(NULLIF(current_setting('redshift.last_copy_id', true), ''), '-1')::bigint $$;

CREATE TABLE load_error (
  query_id bigint, session_id integer, table_id integer, table_name text, start_time timestamp, file_name text,
  line_number bigint, column_name text, column_type text, column_length text, position integer, error_code integer,
  error_message text, raw_line text, raw_field_value text
);
CREATE TABLE user_info (usename text PRIMARY KEY, password text NOT NULL, is_super boolean NOT NULL);
CREATE VIEW pg_user AS SELECT usename, is_super AS usesuper FROM user_info;
CREATE VIEW sys_load_error_detail AS SELECT 100 AS user_id, query_id, 0::bigint AS transaction_id, session_id,
  current_database() AS database_name, table_id, start_time, 0 AS slice_id, file_name, line_number, column_name,
  column_type, column_length, position, error_code, error_message FROM load_error;
CREATE VIEW stl_load_errors AS SELECT 100 AS userid, 0 AS slice, table_id AS tbl, start_time AS starttime,
  session_id AS session, query_id AS query, file_name AS filename, line_number, column_name AS colname,
  column_type AS type, column_length AS col_length, position, raw_line, raw_field_value, error_code AS err_code,
  error_message AS err_reason FROM load_error;

GRANT USAGE ON SCHEMA redshift TO PUBLIC;
GRANT SELECT ON pg_user, sys_load_error_detail, stl_load_errors TO PUBLIC;
-- As Redshift has it, and Postgres had until 15.
GRANT CREATE ON SCHEMA public TO PUBLIC;
`;

function internal(signature: string, result: string, name: string): string {
  return `CREATE FUNCTION ${signature} RETURNS ${result} AS '${name}' LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE;`;
}

/** A comparison of two of them, and of one with a text: a text beside a column of a table counts as one of its kind. */
function operator(
  symbol: string,
  name: string,
  commutator: string,
  negator: string,
  selectivity: string,
  joins: string,
): string {
  const pairs = [
    ['redshift_varchar', 'redshift_varchar'],
    ['redshift_varchar', 'text'],
    ['text', 'redshift_varchar'],
  ] as const;
  return pairs
    .map(
      ([left, right]) => `${internal(`varchar_${name}(${left}, ${right})`, 'boolean', `bpchar${name}`)}
CREATE OPERATOR ${symbol} (LEFTARG = ${left}, RIGHTARG = ${right}, FUNCTION = varchar_${name}, COMMUTATOR = ${commutator},
  ${left === right ? `NEGATOR = ${negator}, ${joins}` : ''} RESTRICT = ${selectivity}sel, JOIN = ${selectivity}joinsel);`,
    )
    .join('\n');
}
