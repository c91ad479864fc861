/**
 * The columns of a staged row, in their order in staged text. `file_no` is the number of the file in its run: what is the
 * same for all rows of a file (key, day, time) is told once at the commit.
 */
export const STAGED_ROW_COLUMNS = [
  'file_no',
  'source_line',
  'transaction_id',
  'customer_id',
  'product_id',
  'quantity',
  'price',
  'transaction_date',
  'payment_type',
  'status',
  'status_rank',
  'total_amount',
  'amount_class',
  'product_name',
  'category',
  'supplier_id',
  'list_price',
  'membership_level',
] as const;

/**
 * The columns of a staged reject. `raw_record` is the record as delivered, without its line break, cut at
 * `MAX_RAW_RECORD_BYTES`; `raw_encoding` says how: `text`, or `base64` where the bytes are not text that a database takes.
 * `raw_truncated` is 0 or 1. `faults` is JSON: `[{"code","column","message"}]`.
 */
export const STAGED_REJECT_COLUMNS = [
  'file_no',
  'source_line',
  'raw_record',
  'raw_encoding',
  'raw_truncated',
  'faults',
] as const;

/** Bytes of a raw record that are kept beside its faults; as base64 they fit 65,535 bytes, the longest Redshift string. */
export const MAX_RAW_RECORD_BYTES = 49_149;
