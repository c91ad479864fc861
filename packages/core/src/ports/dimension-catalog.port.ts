/** Dimensions that a transaction refers to. */
export type DimensionName = 'products' | 'customers';

export interface DimensionCatalog {
  /**
   * A consistent snapshot of one dimension as staged text (see `staging/staged-text.ts`), chunks cut anywhere:
   * products: `product_id, product_name, category, supplier_id, price`; customers: `customer_id, membership_level`.
   * In no particular order. Names and e-mail addresses of customers never leave the warehouse this way.
   *
   * @throws PortError `warehouse.unreachable`, `warehouse.not-initialised`
   */
  read(dimension: DimensionName): AsyncIterable<Uint8Array>;

  /**
   * Upserts whole dimensions by id, in one commit. The rows are staged text in the order of the columns in rules:
   * `product_id, product_name, category, price, supplier_id` and
   * `customer_id, first_name, last_name, email, membership_level`, each id once.
   * When an iterable throws, nothing is changed and the error is passed on.
   */
  load(feeds: readonly DimensionFeed[]): Promise<readonly DimensionLoad[]>;
}

export interface DimensionFeed {
  readonly dimension: DimensionName;
  readonly rows: AsyncIterable<Uint8Array>;
}

/** What the transaction did that ended well: where one before it was committed and its answer was lost, all is `unchanged`. */
export interface DimensionLoad {
  readonly dimension: DimensionName;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}
