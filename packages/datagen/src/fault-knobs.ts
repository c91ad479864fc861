/**
 * One knob for each fault. All are shares from 0 to 1; 0 plants none.
 *
 * - `...Files` knobs: share of the days whose files show it; above 0 at least one day does.
 * - knobs of the first two groups: share of the rows. Together at most 1, since a row has one main fault.
 * - knobs of updates: share of the transactions (or of the updates) to which it happens.
 */
export interface FaultKnobs {
  // Rows that are rejected, by their code.
  /** `row-field-count`: one to three fields are missing. */
  readonly tooFewFields: number;
  /** `row-field-count`: an unquoted comma too many, mostly inside the price. */
  readonly tooManyFields: number;
  /** `row-quoting`: a quote inside an unquoted field, or text behind a closing quote. */
  readonly strayQuotes: number;
  /** `row-quoting`: a quoted field that is never closed. */
  readonly unclosedQuotes: number;
  /** `row-encoding`: a byte that is not UTF-8. */
  readonly invalidUtf8: number;
  /** `row-encoding`: a NUL byte. */
  readonly nulBytes: number;
  readonly blankTransactionIds: number;
  readonly blankCustomerIds: number;
  readonly blankProductIds: number;
  readonly longTransactionIds: number;
  /** `customer-id-too-long`, and `customer-unknown` with it: an id of that length is in no dimension. */
  readonly longCustomerIds: number;
  /** `product-id-too-long`, and `product-unknown` with it. */
  readonly longProductIds: number;
  readonly quantityNotAnInteger: number;
  readonly quantityZero: number;
  readonly quantityNegative: number;
  readonly quantityTooLarge: number;
  readonly priceNotADecimal: number;
  readonly priceNegative: number;
  readonly priceTooManyDecimals: number;
  readonly priceTooLarge: number;
  readonly dateNotADate: number;
  readonly dateAfterFileDay: number;
  readonly unknownPaymentTypes: number;
  readonly unknownStatuses: number;
  /** `total-too-large` from a quantity and a price that are valid alone. */
  readonly totalTooLarge: number;
  /** Share of the rows with a planted fault that carry one or two more of the planted kinds. */
  readonly compoundFaults: number;

  // Rows that look odd and are valid.
  /** Payment types and statuses in odd letter case and with repeated inner spaces. */
  readonly oddLetterCase: number;
  /** Spaces and tabs around values. */
  readonly paddedValues: number;
  readonly quotedFields: number;
  /** `+3`, `003`, `12`, `9.5`. */
  readonly oddNumbers: number;
  /** A blank line behind the row. */
  readonly blankLines: number;

  // Whole transactions.
  /** Share of transactions whose product is in no dimension: few products, each many times. */
  readonly unknownProducts: number;
  readonly unknownCustomers: number;
  /** Valid extremes: largest quantity, largest price, price 0, the bounds of the amount classes, dated tomorrow. */
  readonly boundaryValues: number;
  /** Share of updates delivered one to four days after the day they tell of. */
  readonly lateUpdates: number;
  /** Share of the updated transactions whose last two rows arrive in the wrong order. */
  readonly outOfOrderUpdates: number;
  /** An older status comes again later: with an older date, or with the same date and a lower rank. */
  readonly statusRegressions: number;
  readonly repeatsInFile: number;
  readonly repeatsAcrossFiles: number;
  /** Same date and status again with another quantity, further down in the file: the line decides. */
  readonly amendmentsInFile: number;
  /** The same in a later file: the source day decides. */
  readonly amendmentsAcrossFiles: number;

  // Whole files.
  /** The day's file again, byte by byte, as `transactions_YYYY-MM-DD_again.csv`. */
  readonly redeliveredFiles: number;
  /** The day's file with `correctedRows` of its rows changed, as `transactions_YYYY-MM-DD_corrected.csv`. */
  readonly correctedFiles: number;
  /** Share of the rows of a corrected file that differ; rows with a planted fault are mended far more often. */
  readonly correctedRows: number;
  readonly byteOrderMarkFiles: number;
  readonly crlfFiles: number;
  /** Lines that end in a single carriage return. Where a day is drawn for both, this one wins. */
  readonly crFiles: number;
  readonly gzipFiles: number;
  /** Columns in another order, header in odd letter case and padding, and a quoted `note` column with line breaks. */
  readonly unusualHeaderFiles: number;
  readonly missingFinalLineBreakFiles: number;
  /** One record of more than 1 MiB: `row-too-long`. */
  readonly oversizedRowFiles: number;
}
