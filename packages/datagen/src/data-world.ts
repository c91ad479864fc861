import { DateBytes, parseDay } from './calendar.ts';
import type { RowTexts } from './clean-row.ts';
import { CustomerBase } from './customer-base.ts';
import { type DayTable, emptyDayTable } from './day-table.ts';
import { mix } from './draw.ts';
import { FlawedRows } from './flawed-row.ts';
import { Life } from './life.ts';
import { LongTail } from './long-tail.ts';
import { ProductCatalog } from './product-catalog.ts';
import { Purchase, type Shop } from './purchase.ts';
import type { ResolvedOptions } from './resolve-options.ts';
import { RowVerdict } from './row-verdict.ts';

/** Updates may be dated before the first day and delivered after the last one. */
const DAYS_AROUND = 40;

/** Everything that follows from the options alone. */
export interface DataWorld {
  readonly shop: Shop;
  readonly days: DayTable;
  readonly purchase: Purchase;
  readonly life: Life;
  readonly verdicts: RowVerdict;
  readonly flaws: FlawedRows;
  readonly texts: RowTexts;
}

export function createWorld(options: ResolvedOptions): DataWorld {
  const seed = mix(options.seed);
  const customerTail = new LongTail(options.customers, 64, seed + 1);
  const shop: Shop = {
    catalog: new ProductCatalog(options.products, seed),
    customers: new CustomerBase(options.customers, customerTail, seed),
    productTail: new LongTail(options.products, 4, seed + 2),
    customerTail,
  };
  const firstDay = parseDay(options.start) as number;
  const texts: RowTexts = {
    customers: shop.customers.identifier,
    products: shop.catalog.identifier,
    dates: new DateBytes(firstDay - DAYS_AROUND, firstDay + options.days + DAYS_AROUND),
    firstDay,
  };
  const days = emptyDayTable(options.days);
  return {
    shop,
    days,
    purchase: new Purchase(options, days, shop),
    life: new Life(options),
    verdicts: new RowVerdict(options),
    flaws: new FlawedRows(texts, options, options.knobs),
    texts,
  };
}
