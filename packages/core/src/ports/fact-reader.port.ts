/** Reads the fact table, for checks and reports. */
export interface FactReader {
  /** All facts in the byte order of transaction_id, in batches of at most some thousand. */
  facts(): AsyncIterable<readonly Fact[]>;

  /**
   * Facts by transaction day and amount class, in that order; the newest 10,000 entries where there are more.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  totals(query: TotalsQuery): Promise<readonly AmountTotal[]>;

  /**
   * The fact of one transaction.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  fact(transactionId: string): Promise<Fact | undefined>;
}

export interface TotalsQuery {
  /** Only facts that this run wrote last. */
  readonly runId?: string | undefined;
}

export interface AmountTotal {
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly amountClass: string;
  readonly transactions: number;
  /** Digits with two places. */
  readonly amount: string;
}

/** One row of `fact_transactions`. Decimals are digits with two places; days are `YYYY-MM-DD`. */
export interface Fact {
  readonly transaction_id: string;
  readonly customer_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly price: string;
  readonly transaction_date: string;
  readonly payment_type: string;
  readonly status: string;
  readonly total_amount: string;
  readonly amount_class: string;
  readonly product_name: string;
  readonly category: string;
  readonly supplier_id: string;
  readonly list_price: string;
  readonly membership_level: string;
  readonly status_rank: number;
  readonly source_key: string;
  readonly source_day: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly source_modified: number;
  readonly source_line: number;
  readonly run_id: string;
}
