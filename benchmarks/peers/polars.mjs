/**
 * The job in Polars:  node polars.mjs INPUT FILE_DAY PRODUCTS CUSTOMERS OUT
 *
 * Whole columns have no branches, so that a dear test costs for all rows. Therefore rows are read in two ways: what is plainly
 * right by cheap tests is done; the others, few, are looked at with all rules.
 */
import pl from 'nodejs-polars';
import { CODES, COLUMNS, PAYMENT_TYPES, STATUSES } from './rules.mjs';

const [input, fileDay, products, customers, out] = process.argv.slice(2);
const { col, lit, when } = pl;
const BLANKS = ' \t';
const MAX_QUANTITY = 2_147_483_647;
const MAX_ID_BYTES = 64;
const lastDay = lit(new Date(Date.parse(fileDay) + 86_400_000)).cast(pl.Date);

const rows = readStrings(input);
const joined = rows
  .lazy()
  .withColumns(
    strip('transaction_id').alias('id'),
    strip('customer_id').alias('customer'),
    strip('product_id').alias('product'),
    col('quantity').cast(pl.Int64, false).alias('q'),
    col('price').cast(pl.Decimal(14, 2), false).alias('p'),
    col('transaction_date').str.strptime(pl.Date, '%Y-%m-%d').alias('d'),
  )
  .join(spellings('payment_type', PAYMENT_TYPES, 'payment').lazy(), { on: 'payment_type', how: 'left' })
  .join(spellings('status', STATUSES, 'state').lazy(), { on: 'status', how: 'left' })
  .join(
    readStrings(products)
      .select(
        col('product_id').alias('product'),
        'product_name',
        'category',
        'supplier_id',
        col('price').alias('list_price'),
      )
      .lazy(),
    { on: 'product', how: 'left' },
  )
  .join(readStrings(customers).select(col('customer_id').alias('customer'), 'membership_level').lazy(), {
    on: 'customer',
    how: 'left',
  })
  .withColumns(isPlainlyRight().fillNull(false).alias('is_plain'))
  .collectSync();
const others = readWithCare(joined.filter(col('is_plain').not()));
const rejected = others.filter(col('faults').neq(lit(''))).select(...COLUMNS, 'faults');
enriched(joined.filter(col('is_plain'))).writeCSV(`${out}/rows-plain.csv`, { includeHeader: false });
enriched(others.filter(col('faults').eq(lit('')))).writeCSV(`${out}/rows-others.csv`, { includeHeader: false });
rejected.writeCSV(`${out}/rejects.csv`, { includeHeader: false });

function readStrings(path) {
  return pl.readCSV(path, { inferSchemaLength: 0, missingIsNull: false });
}

function strip(column) {
  return col(column).str.stripChars(BLANKS);
}

/** The listed word for each way in which one is written in the file: few, so that only they are folded. */
function spellings(column, words, name) {
  const folded = strip(column).str.replaceAll('[ ]+', ' ').str.toLowerCase();
  const listed = pl.DataFrame({ folded: words.map((word) => word.toLowerCase()), [name]: words });
  return rows
    .select(column)
    .unique()
    .withColumns(folded.alias('folded'))
    .join(listed, { on: 'folded', how: 'left' })
    .select(column, name);
}

/** Sixteen characters are at most 64 bytes; the price has neither a sign nor leading zeros beyond its ten digits. */
function isPlainlyRight() {
  const id = (name) => col(name).str.lengths().gt(0).and(col(name).str.lengths().ltEq(16));
  const tests = [
    id('id'),
    id('customer'),
    id('product'),
    col('q').gt(0).and(col('q').lt(1_000_000)),
    col('price').str.contains('^[0-9]{1,10}(\\.[0-9]{1,2})?$'),
    isWrittenAsDate('transaction_date').and(col('d').ltEq(lastDay)),
    col('payment').isNotNull(),
    col('state').isNotNull(),
    col('list_price').isNotNull(),
    col('membership_level').isNotNull(),
  ];
  return tests.reduce((all, test) => all.and(test));
}

/** There is no year 0000. */
function isWrittenAsDate(column) {
  const isDate = col(column).str.contains('^[0-9]{4}-[0-9]{2}-[0-9]{2}$');
  return isDate.and(col(column).str.startsWith('0000').not());
}

/** The same columns read by the letter of the rules, and all faults of each row. */
function readWithCare(suspects) {
  return suspects
    .withColumns(strip('quantity').alias('qt'), strip('price').alias('pt'), strip('transaction_date').alias('dt'))
    .withColumns(
      col('qt').cast(pl.Int64, false).alias('q'),
      col('pt').str.contains('^[+-]?[0-9]+(\\.[0-9]+)?$').alias('is_decimal'),
      col('dt').str.strptime(pl.Date, '%Y-%m-%d').alias('d'),
    )
    .withColumns(
      when(col('is_decimal').and(priceFault().not()))
        .then(col('pt'))
        .otherwise(lit(null))
        .cast(pl.Decimal(14, 2), false)
        .alias('p'),
      when(isWrittenAsDate('dt')).then(col('d')).otherwise(lit(null)).alias('d'),
    )
    .withColumns(pl.concatString(Object.entries(conditions()).map(toText), '').alias('faults'));
}

function priceFault() {
  const { 'price-negative': negative, 'price-too-many-decimals': decimals, 'price-too-large': large } = conditions();
  return negative.or(decimals).or(large);
}

function conditions() {
  const isInteger = col('qt').str.contains('^[+-]?[0-9]+$');
  const isPositive = col('qt').str.contains('^[+]?0*[1-9]');
  const isGood = isInteger.and(isPositive).and(col('q').isNotNull()).and(col('q').ltEq(MAX_QUANTITY));
  const isTooLong = (name) =>
    col(name)
      .str.encode('hex')
      .str.lengths()
      .gt(2 * MAX_ID_BYTES);
  return {
    'transaction-id-blank': col('id').eq(lit('')),
    'transaction-id-too-long': isTooLong('id'),
    'customer-id-blank': col('customer').eq(lit('')),
    'customer-id-too-long': isTooLong('customer'),
    'product-id-blank': col('product').eq(lit('')),
    'product-id-too-long': isTooLong('product'),
    'quantity-not-an-integer': isInteger.not(),
    'quantity-not-positive': isInteger.and(isPositive.not()),
    'quantity-too-large': isInteger.and(isPositive).and(col('q').isNull().or(col('q').gt(MAX_QUANTITY))),
    'price-not-a-decimal': col('is_decimal').not(),
    'price-negative': col('is_decimal').and(col('pt').str.contains('^-.*[1-9]')),
    'price-too-many-decimals': col('is_decimal').and(col('pt').str.contains('\\.[0-9]{3,}$')),
    'price-too-large': col('is_decimal').and(col('pt').str.contains('^[+-]?0*[1-9][0-9]{10,}')),
    'date-not-a-date': col('d').isNull(),
    'date-after-file-day': col('d').gt(lastDay),
    'payment-type-unknown': col('payment').isNull(),
    'status-unknown': col('state').isNull(),
    'total-too-large': isGood
      .and(col('p').isNotNull())
      .and(total().gtEq(lit('10000000000000000').cast(pl.Decimal(38, 2)))),
    'product-unknown': col('list_price')
      .isNull()
      .and(col('product').neq(lit(''))),
    'customer-unknown': col('membership_level')
      .isNull()
      .and(col('customer').neq(lit(''))),
  };
}

function toText([code, condition]) {
  if (!CODES.includes(code)) throw new Error(`${code} is no code of the rules`);
  return when(condition.fillNull(false))
    .then(lit(`${code};`))
    .otherwise(lit(''));
}

function total() {
  return col('q').mul(col('p'));
}

function enriched(good) {
  const rank = STATUSES.slice(1).reduce(
    (branches, status, place) => branches.when(col('state').eq(lit(status))).then(lit(place + 2).cast(pl.Int32)),
    when(col('state').eq(lit(STATUSES[0]))).then(lit(1).cast(pl.Int32)),
  );
  const below = (amount) => col('total').lt(lit(amount).cast(pl.Decimal(38, 2)));
  return good
    .withColumns(total().alias('total'), rank.otherwise(lit(null)).alias('rank'))
    .withColumns(
      when(below('100'))
        .then(lit('Small'))
        .when(below('500'))
        .then(lit('Medium'))
        .otherwise(lit('Large'))
        .alias('class'),
    )
    .select(
      'id',
      'customer',
      'product',
      'q',
      'p',
      'd',
      'payment',
      'state',
      'rank',
      'total',
      'class',
      'product_name',
      'category',
      'supplier_id',
      'list_price',
      'membership_level',
    );
}
