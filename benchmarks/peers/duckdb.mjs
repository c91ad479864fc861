/**
 * The job in DuckDB:  node duckdb.mjs INPUT FILE_DAY PRODUCTS CUSTOMERS OUT
 *
 * One pass over the file into a temporary table, which holds the values as delivered of rejects only, and two files out of it.
 * Reading the file twice took longer, with a third less memory; one COPY with PARTITION_BY took as long, with more memory.
 * Common spellings are known by casting there and back, which is faster than a regular expression; the others are looked
 * at by one.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { CODES, COLUMNS, PAYMENT_TYPES, STATUSES } from './rules.mjs';

const [input, fileDay, products, customers, out] = process.argv.slice(2);

const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
await connection.run('SET preserve_insertion_order = false');
await connection.run(
  `CREATE TEMP TABLE checked AS SELECT * EXCLUDE (${COLUMNS.join(', ')}), CASE WHEN faults <> 0 THEN [${COLUMNS.join(', ')}] END AS raw FROM (${checkedRows()})`,
);
await connection.run(`COPY (
  SELECT id, customer, product, q, p, d, payment, state, rank, total,
    CASE WHEN total < 100 THEN 'Small' WHEN total < 500 THEN 'Medium' ELSE 'Large' END,
    product_name, category, supplier_id, list_price, membership_level
  FROM checked WHERE faults = 0
) TO '${out}/rows.csv' (HEADER false)`);
await connection.run(`COPY (
  SELECT ${COLUMNS.map((_, place) => `raw[${place + 1}]`).join(', ')}, concat_ws(';', ${CODES.map((code) => `CASE WHEN faults & ${bit(code)} <> 0 THEN '${code}' END`).join(', ')})
  FROM checked WHERE faults <> 0
) TO '${out}/rejects.csv' (HEADER false)`);

/** Every row with what was read of it, joined, and its faults as bits. */
function checkedRows() {
  return `SELECT read.*, ${total()} AS total,
    product_name, category, supplier_id, list_price, membership_level,
    ${fault('transaction-id-blank', "id = ''")}
    + ${fault('transaction-id-too-long', 'strlen(id) > 64')}
    + ${fault('customer-id-blank', "customer = ''")}
    + ${fault('customer-id-too-long', 'strlen(customer) > 64')}
    + ${fault('product-id-blank', "product = ''")}
    + ${fault('product-id-too-long', 'strlen(product) > 64')}
    + ${quantityFaults()}
    + ${priceFaults()}
    + ${fault('date-not-a-date', 'd IS NULL')}
    + ${fault('date-after-file-day', `d > DATE '${fileDay}' + 1`)}
    + ${fault('payment-type-unknown', 'payment IS NULL')}
    + ${fault('status-unknown', 'state IS NULL')}
    + ${fault('total-too-large', `q > 0 AND p >= 0 AND ${total()} IS NULL`)}
    + ${fault('product-unknown', "list_price IS NULL AND product <> ''")}
    + ${fault('customer-unknown', "membership_level IS NULL AND customer <> ''")} AS faults
  FROM (${readValues()}) read
  LEFT JOIN (SELECT product_id AS key, product_name, category, supplier_id, price::DECIMAL(12,2) AS list_price FROM ${csv(products, ['product_id', 'product_name', 'category', 'price', 'supplier_id'])}) p ON p.key = product
  LEFT JOIN (SELECT customer_id AS key, membership_level FROM ${csv(customers, ['customer_id', 'first_name', 'last_name', 'email', 'membership_level'])}) c ON c.key = customer`;
}

/** The values as they are meant; NULL where a value breaks a rule. */
function readValues() {
  const digits = "'[+-]?[0-9]+'";
  const decimal = "'[+-]?[0-9]+(\\.[0-9]{1,2})?'";
  return `SELECT ${COLUMNS.join(', ')}, ${trim('transaction_id')} AS id, ${trim('customer_id')} AS customer, ${trim('product_id')} AS product,
    ${spelled('quantity', 'INTEGER', digits)} AS q,
    ${spelled('price', 'DECIMAL(12,2)', decimal)} AS p,
    ${spelled('transaction_date', 'DATE', "'[0-9]{4}-[0-9]{2}-[0-9]{2}'")} AS d,
    ${known('payment_type', PAYMENT_TYPES)} AS payment,
    ${known('status', STATUSES)} AS state,
    CASE state ${STATUSES.map((status, rank) => `WHEN '${status}' THEN ${rank + 1}`).join(' ')} END AS rank
  FROM ${csv(input, COLUMNS)}`;
}

/** A value of a type: what the cast gives, where it gives the same text back or is well written. */
function spelled(column, type, pattern) {
  const cast = `TRY_CAST(${column} AS ${type})`;
  return `CASE WHEN ${cast}::VARCHAR = ${column} THEN ${cast}
    WHEN regexp_full_match(trim(${column}, ' \t'), ${pattern}) THEN TRY_CAST(trim(${column}, ' \t') AS ${type}) END`;
}

function known(column, words) {
  const folded = `lower(regexp_replace(trim(${column}, ' \t'), ' +', ' ', 'g'))`;
  return `CASE WHEN ${column} IN (${words.map((word) => `'${word}'`).join(', ')}) THEN ${column}
    ELSE CASE ${folded} ${words.map((word) => `WHEN '${word.toLowerCase()}' THEN '${word}'`).join(' ')} END END`;
}

/** 64 bits do for most products; the others take 128. NULL where it does not fit. */
function total() {
  return `CASE WHEN q <= 0 OR p < 0 THEN NULL
    WHEN q < 1000000 AND p < 100000000 THEN q::DECIMAL(6,0) * p::DECIMAL(10,2)
    ELSE TRY_CAST(q::DECIMAL(19,0) * p AS DECIMAL(18,2)) END`;
}

function quantityFaults() {
  const value = "trim(quantity, ' \t')";
  return `CASE WHEN q > 0 THEN 0
    WHEN NOT regexp_full_match(${value}, '[+-]?[0-9]+') THEN ${bit('quantity-not-an-integer')}
    WHEN regexp_full_match(${value}, '-[0-9]+|\\+?0+') THEN ${bit('quantity-not-positive')}
    WHEN q IS NULL THEN ${bit('quantity-too-large')} ELSE 0 END`;
}

function priceFaults() {
  const value = "trim(price, ' \t')";
  return `CASE WHEN p >= 0 THEN 0
    WHEN NOT regexp_full_match(${value}, '[+-]?[0-9]+(\\.[0-9]+)?') THEN ${bit('price-not-a-decimal')}
    ELSE ${fault('price-negative', `starts_with(${value}, '-') AND regexp_matches(${value}, '[1-9]')`)}
      + ${fault('price-too-many-decimals', `regexp_matches(${value}, '\\.[0-9]{3,}$')`)}
      + ${fault('price-too-large', `regexp_matches(${value}, '^[+-]?0*[1-9][0-9]{10,}')`)} END`;
}

function fault(code, condition) {
  return `CASE WHEN ${condition} THEN ${bit(code)} ELSE 0 END`;
}

function bit(code) {
  return 2 ** CODES.indexOf(code);
}

/** Most ids have no blanks around them: two cheap looks are faster than a trim. */
function trim(column) {
  return `CASE WHEN ${column} LIKE ' %' OR ${column} LIKE '% ' OR ${column} LIKE '\t%' OR ${column} LIKE '%\t' THEN trim(${column}, ' \t') ELSE ${column} END`;
}

function csv(path, columns) {
  const types = columns.map((column) => `'${column}': 'VARCHAR'`).join(', ');
  return `read_csv('${path}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', force_not_null = [${columns.map((column) => `'${column}'`).join(', ')}], columns = {${types}})`;
}
