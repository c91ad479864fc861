import { ZlibUnpacker } from '@weir/adapters-local/in-process';
import {
  InMemoryDimensionCatalog,
  InMemoryFileStore,
  InMemoryLandingZone,
  InMemoryNotifier,
  InMemoryRunLedger,
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
  readonly telemetry = new RecordedTelemetry();
  upgrades = 0;
  readonly schema = {
    upgrade: async () => {
      this.upgrades += 1;
      return { from: 0, to: 1 };
    },
  };

  handle(event: unknown, replaced: object = {}): Promise<unknown> {
    const { landing, quarantine, dimensions, unpacker, notifier, ledger, schema } = this;
    const ports = { landing, quarantine, dimensions, unpacker, notifier, ledger, schema, ...replaced };
    const place = { bucket: LANDING_BUCKET, folder: 'dimensions/' };
    return createDimensions(ports, { place }, this.telemetry)(event, { requestId: 'request-1' });
  }

  async read(dimension: 'products' | 'customers'): Promise<string[]> {
    let text = '';
    for await (const chunk of this.dimensions.read(dimension)) text += new TextDecoder().decode(chunk);
    return text.split('\n').filter((line) => line !== '');
  }
}
