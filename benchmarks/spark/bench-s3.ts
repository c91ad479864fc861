import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { DeliveryToRead } from '../../packages/core/src/index.ts';
import { SimulatedS3 } from '../../packages/glue-job/test/simulated-s3.ts';
import type { Job } from '../harness/subject.ts';
import { type Dimension, stagedDimension } from './staged-dimension.ts';
import type { TransformWork } from './transform-job.ts';

const PREFIX = 'runs/bench/1/';
/** Of the smallest Redshift Serverless there are about as many. */
const SLICES = 8;

/** The S3 that the job works with: one of this machine, in this process. */
export class BenchS3 {
  private readonly s3: SimulatedS3;
  readonly work: TransformWork;

  private constructor(s3: SimulatedS3, work: TransformWork) {
    this.s3 = s3;
    this.work = work;
  }

  static async open({ input, fileDay, products, customers }: Job): Promise<BenchS3> {
    const s3 = await SimulatedS3.open();
    const [year, month, day] = fileDay.split('-');
    const deliveries: DeliveryToRead[] = [];
    for (const name of readdirSync(input).sort()) {
      const key = `transactions/year=${year}/month=${month}/day=${day}/${name}`;
      const landed = await s3.put(key, readFileSync(join(input, name)));
      deliveries.push({ fileNo: deliveries.length + 1, landed, committed: [] });
    }
    const places = {
      region: s3.simulator.clientConfig.region,
      landing: { bucket: 'weir-landing', folder: 'transactions/' },
      staging: { bucket: 'weir-staging', prefix: PREFIX },
    };
    const put = (dimension: Dimension, path: string) =>
      stagedDimension(dimension, path, SLICES).map((text, slice) => {
        const key = `${PREFIX}dimensions/${dimension}/${String(slice).padStart(4, '0')}_part_00.zst`;
        s3.simulator.putObjectAt('weir-staging', key, zstdCompressSync(text), new Date());
        return key;
      });
    const dimensions = { products: put('products', products), customers: put('customers', customers) };
    return new BenchS3(s3, { places, dimensions, deliveries });
  }

  get environment(): Readonly<Record<string, string>> {
    return this.s3.simulator.environment;
  }

  /** Takes away what a run staged. */
  async empty(): Promise<void> {
    for (const key of this.staged()) this.s3.simulator.parts.s3.remove('weir-staging', key);
  }

  /** Writes what a run staged to files, unpacked. */
  copyTo(folder: string): void {
    for (const table of ['rows', 'rejects']) mkdirSync(join(folder, table));
    for (const key of this.staged()) {
      const packed = this.s3.simulator.parts.s3.read('weir-staging', key)!;
      writeFileSync(join(folder, key.slice(PREFIX.length)), zstdDecompressSync(packed));
    }
  }

  async close(): Promise<void> {
    await this.s3.close();
  }

  private staged(): readonly string[] {
    const keys = this.s3.simulator.parts.s3.keysBelow('weir-staging', PREFIX);
    return keys.filter((key) => !key.startsWith(`${PREFIX}dimensions/`));
  }
}
