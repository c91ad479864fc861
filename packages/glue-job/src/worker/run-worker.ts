import {
  type DimensionCatalog,
  type Dimensions,
  isPortError,
  type LandingZone,
  type Policy,
  parsePolicy,
  readDelivery,
  readDimensions,
  type StageWriter,
  type Unpacker,
} from '@weir/core';
import { parseLine, toProtocolError } from '../protocol/parse-line.ts';
import { type Split, type WorkerOrder, workerLine } from '../protocol/split.ts';
import { toLine } from '../protocol/to-line.ts';
import type { DeliveryLine, StagedPart, TrailerLine } from '../protocol/worker-lines.ts';

/** What an order's work is done with. */
export interface WorkerPorts {
  readonly landing: Pick<LandingZone, 'open'>;
  readonly unpacker: Unpacker;
  readonly dimensions: Pick<DimensionCatalog, 'read'>;
  /** Writes staged objects of one file: the same lines become the same objects. */
  readonly openWriter: (fileNo: number) => PartWriter;
}

export interface PartWriter extends StageWriter {
  /** Everything that was written, once it lies there. */
  end(): Promise<readonly StagedPart[]>;
}

export interface WorkerOptions {
  readonly createPorts: (order: WorkerOrder) => WorkerPorts;
  readonly print: (line: string) => void;
  /** Where this runs, for the log. */
  readonly machine: string;
}

/**
 * Does the work of one partition: an order, then splits, one a line. Prints one line a split as it is done, and a trailer.
 *
 * A fault that a port tells is printed in place of the trailer, since trying it again elsewhere would tell it again: who
 * asked decides. Anything else is thrown: the process is to die, and Spark to try again.
 */
export async function runWorker(lines: AsyncIterable<string>, options: WorkerOptions): Promise<void> {
  const { print } = options;
  try {
    const worker = new Worker(options);
    for await (const line of lines) {
      if (line === '') continue;
      const read = parseLine(workerLine, line, 'the driver');
      if (read.kind === 'order') worker.take(read as WorkerOrder);
      else print(toLine(await worker.transform(read)));
    }
    print(toLine(worker.trailer()));
  } catch (error) {
    if (!isPortError(error)) throw error;
    const { code, message, remedy, retryable } = error;
    print(toLine({ kind: 'fault', code, message, remedy, retryable }));
  }
}

class Worker {
  private readonly options: WorkerOptions;
  private work: { order: WorkerOrder; policy: Policy; ports: WorkerPorts } | undefined;
  private dimensions: Promise<Dimensions> | undefined;
  private sizes: TrailerLine['dimensions'];
  private deliveries = 0;
  private readonly lines = { rows: 0, rejects: 0 };

  constructor(options: WorkerOptions) {
    this.options = options;
  }

  take(order: WorkerOrder): void {
    this.work = { order, policy: parsePolicy(order.policy), ports: this.options.createPorts(order) };
  }

  async transform({ fileNo, landed, committed }: Split): Promise<DeliveryLine> {
    if (this.work === undefined) throw toProtocolError('the driver', 'a split before its order');
    const { order, policy, ports } = this.work;
    const { landing, unpacker } = ports;
    let writer: PartWriter | undefined;
    const openTarget = async () => {
      const dimensions = await this.readDimensions(ports);
      writer = ports.openWriter(fileNo);
      return { ...dimensions, writer };
    };
    const { fileNo: _, ...read } = await readDelivery(
      { fileNo, landed, committed },
      { landing, unpacker, policy, batchSize: order.batchSize, openTarget },
    );
    this.deliveries++;
    if (read.kind !== 'staged') return { kind: 'delivery', fileNo, landed, outcome: read };
    // Of a file that does not count, what was written until then is left to lie: nobody is told its keys.
    const parts = read.file.status === 'loaded' ? await this.end(writer!) : [];
    return { kind: 'delivery', fileNo, landed, outcome: { ...read, parts } };
  }

  trailer(): TrailerLine {
    const { deliveries, lines, sizes } = this;
    return { kind: 'trailer', deliveries, ...lines, dimensions: sizes, machine: this.options.machine };
  }

  private async end(writer: PartWriter): Promise<readonly StagedPart[]> {
    const parts = await writer.end();
    for (const { table, lines } of parts) this.lines[table] += lines;
    return parts;
  }

  /** Once a process, and not before it is needed. */
  private async readDimensions({ dimensions }: WorkerPorts): Promise<Dimensions> {
    this.dimensions ??= readDimensions(dimensions);
    const read = await this.dimensions;
    this.sizes = { products: read.products.size, customers: read.customers.size };
    return read;
  }
}
