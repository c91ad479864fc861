import type { PolicyWords } from '../policy/policy-words.ts';
import { type Fault, faultBit, faultsOf } from '../rules/faults.ts';
import { formatHundredths } from '../rules/hundredths.ts';
import { readPriceOf } from '../rules/read-price.ts';
import type { ValidTransaction } from '../rules/valid-transaction.ts';

/** What a transaction takes from its product: columns of `dim_products`. */
export interface ProductFacts {
  readonly product_name: string;
  readonly category: string;
  readonly supplier_id: string;
  /** Digits with at most two after the point, such as `21.50`. */
  readonly price: string;
}

/** What it takes from its customer: a column of `dim_customers`. */
export interface CustomerFacts {
  readonly membership_level: string;
}

/** What belongs to the ids of a transaction; undefined for an id that nobody knows. */
export interface TransactionDimensions {
  readonly product: ProductFacts | undefined;
  readonly customer: CustomerFacts | undefined;
}

export interface EnrichedTransaction<Words extends PolicyWords = PolicyWords> extends ValidTransaction<Words> {
  readonly product_name: string;
  readonly category: string;
  readonly supplier_id: string;
  /** The price in `dim_products`, with two places. */
  readonly list_price: string;
  readonly membership_level: string;
}

export type Enrichment<Words extends PolicyWords = PolicyWords> =
  | { readonly kind: 'enriched'; readonly transaction: EnrichedTransaction<Words> }
  /** `product-unknown`, `customer-unknown` or both. */
  | { readonly kind: 'rejected'; readonly faults: readonly Fault[] };

/** @throws RangeError where the price of the product is no price */
export function enrichTransaction<Words extends PolicyWords>(
  transaction: ValidTransaction<Words>,
  { product, customer }: TransactionDimensions,
): Enrichment<Words> {
  if (product === undefined || customer === undefined) {
    const faults =
      (product === undefined ? faultBit('product-unknown') : 0) |
      (customer === undefined ? faultBit('customer-unknown') : 0);
    return { kind: 'rejected', faults: faultsOf(faults) };
  }
  const { product_name, category, supplier_id } = product;
  const list_price = formatHundredths(BigInt(requirePrice(product.price)));
  const { membership_level } = customer;
  return {
    kind: 'enriched',
    transaction: { ...transaction, product_name, category, supplier_id, list_price, membership_level },
  };
}

function requirePrice(text: string): number {
  const price = readPriceOf(text);
  if (price !== undefined) return price;
  throw new RangeError(`The price of a product is ${JSON.stringify(text)}, but must be digits such as "21.50".`);
}
