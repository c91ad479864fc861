import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import { parsePolicy } from '@weir/core';
import {
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryLandingZone,
  InMemoryNotifier,
  InMemoryPendingReplay,
  InMemoryRunLedger,
  InMemoryWarehouse,
  ManualClock,
} from '@weir/core/testing';
import { createDimensions } from '../../src/handlers/dimensions.ts';
import { LANDING_BUCKET } from './object-messages.ts';
import { RecordedTelemetry } from './recorded-telemetry.ts';

export const PRODUCTS = 'dimensions/products.csv';
export const CUSTOMERS = 'dimensions/customers.csv.gz';
export const TWO_PRODUCTS = `product_id,product_name,category,price,supplier_id
P1,Lamp,Home,19.99,S1
P2,Desk,Home,199.00,S1
`;
export const ONE_CUSTOMER = `customer_id,first_name,last_name,email,membership_level
C1,Ada,Byron,ada@example.com,Gold
`;
export const BAD_CUSTOMERS = `customer_id,first_name,last_name,email,membership_level
,Secret,Person,secret@example.com,Gold
`;

/** Everything that dimension files are loaded with, in memory. */
export class DimensionWorld {
  readonly landing = new InMemoryLandingZone('memory:landing', { keepsVersions: true });
  readonly quarantine = new InMemoryFileStore(this.landing, 'memory:quarantine');
  readonly dimensions = new InMemoryDimensionCatalog();
  readonly unpacker = new ZlibUnpacker();
  readonly notifier = new InMemoryNotifier();
  readonly ledger = new InMemoryRunLedger();
  readonly pending = new InMemoryPendingReplay();
  readonly warehouse = new InMemoryWarehouse();
  readonly clock = new ManualClock();
  readonly telemetry = new RecordedTelemetry();
  /** Milliseconds that Lambda leaves to an invocation. */
  remainingTime = () => 15 * 60_000;
  upgrades = 0;
  readonly schema = {
    upgrade: async () => {
      this.upgrades += 1;
      return { from: 0, to: 1 };
    },
  };

  readonly programUser = { setUp: async () => undefined };

  handle(event: unknown, replaced: object = {}): Promise<unknown> {
    const { landing, quarantine, dimensions, unpacker, notifier, ledger, pending, warehouse } = this;
    const { schema, programUser } = this;
    const places = { landing, quarantine, unpacker, notifier, ledger, pending };
    const tables = { dimensions, schema, programUser, warehouse, rejects: warehouse };
    const ports = { ...places, ...tables, clock: this.clock, ...replaced };
    const place = { bucket: LANDING_BUCKET, folder: 'dimensions/' };
    const work = createDimensions(ports, { place, policy: parsePolicy() }, this.telemetry);
    return work(event, { requestId: 'request-1', remainingTime: () => this.remainingTime() });
  }

  async read(dimension: 'products' | 'customers'): Promise<string[]> {
    let text = '';
    for await (const chunk of this.dimensions.read(dimension)) text += new TextDecoder().decode(chunk);
    return text.split('\n').filter((line) => line !== '');
  }
}
