import type { DimensionCatalog } from '../ports/dimension-catalog.port.ts';
import type { LandingZone } from '../ports/landing-zone.port.ts';
import type { RowWorkers } from '../ports/row-workers.port.ts';
import type { ReadDelivery, Transformed, Transformer, TransformWork } from '../ports/transformer.port.ts';
import type { Unpacker } from '../ports/unpacker.port.ts';
import type { Stage, Warehouse } from '../ports/warehouse.port.ts';
import { type DeliveryTarget, readDelivery } from './read-delivery.ts';
import { type Dimensions, readDimensions } from './read-dimensions.ts';

export interface InProcessTransformerPorts {
  readonly landing: Pick<LandingZone, 'open'>;
  readonly unpacker: Unpacker;
  readonly dimensions: Pick<DimensionCatalog, 'read'>;
  readonly warehouse: Pick<Warehouse, 'openStage'>;
  /** Read large files; without them this thread reads all. */
  readonly workers?: RowWorkers | undefined;
  /** The most bytes that the dimensions may take in memory. */
  readonly maxDimensionBytes?: number | undefined;
}

/**
 * Reads deliveries one after the other and streams their rows straight into a stage. What may not be needed, dimensions
 * and stage, is opened when it is first needed.
 */
export class InProcessTransformer implements Transformer {
  readonly #ports: InProcessTransformerPorts;

  constructor(ports: InProcessTransformerPorts) {
    this.#ports = ports;
  }

  async transform(work: TransformWork): Promise<Transformed> {
    const target = new LazyTarget(this.#ports, work);
    try {
      const deliveries: ReadDelivery[] = [];
      for (const delivery of work.deliveries) {
        work.signal?.throwIfAborted();
        deliveries.push(await readDelivery(delivery, { ...this.#ports, ...work, openTarget: () => target.open() }));
      }
      const isStaged = deliveries.some(({ kind }) => kind === 'staged');
      if (!isStaged) await target.close();
      return { stage: isStaged ? target.stage : undefined, deliveries, warnings: target.dimensions?.warnings ?? [] };
    } catch (error) {
      await target.close();
      throw error;
    }
  }
}

class LazyTarget {
  stage: Stage | undefined;
  dimensions: Dimensions | undefined;

  private readonly ports: InProcessTransformerPorts;
  private readonly work: TransformWork;

  constructor(ports: InProcessTransformerPorts, work: TransformWork) {
    this.ports = ports;
    this.work = work;
  }

  async open(): Promise<DeliveryTarget> {
    const { dimensions, workers, maxDimensionBytes, warehouse } = this.ports;
    if (this.dimensions === undefined) {
      this.dimensions = await readDimensions(dimensions, { shared: workers !== undefined, maxDimensionBytes });
      const { products, customers } = this.dimensions;
      this.work.onEvent?.({ kind: 'dimensions-read', products: products.size, customers: customers.size });
    }
    const { products, customers } = this.dimensions;
    this.stage ??= await warehouse.openStage(this.work.runId);
    return { products, customers, writer: this.stage };
  }

  /** A stage that cannot be dropped must not hide why the transform ended. */
  async close(): Promise<void> {
    try {
      await this.stage?.close();
    } catch {}
  }
}
