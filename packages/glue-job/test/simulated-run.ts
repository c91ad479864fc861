import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DataApiSession,
  RedshiftDimensionCatalog,
  RedshiftFactReader,
  RedshiftSchema,
  S3LandingZone,
  S3RunLedger,
  type StagingPlace,
} from '@weir/adapters-aws';
import { SystemClock } from '@weir/adapters-local/in-process';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { type Fact, type LandedFile, parsePolicy, type RunEntry } from '@weir/core';
import type { JobEnd, RunJob } from '../src/testing/run-job.ts';

const BUCKETS = ['weir-landing', 'weir-archive', 'weir-quarantine', 'weir-staging', 'weir-ledger'] as const;
const COPY_ROLE = 'arn:aws:iam::123456789012:role/weir-copy';

/** S3 and Redshift of a simulator, with tables and dimensions: all that a job needs. */
export class SimulatedRun {
  readonly simulator: AwsSimulator;
  readonly landing: S3LandingZone;
  readonly ledger: S3RunLedger;
  readonly config: string;
  readonly #client: S3Client;
  readonly #session: DataApiSession;
  readonly #staging: StagingPlace;
  readonly #closeDatabase: () => Promise<void>;

  private constructor(simulator: AwsSimulator, closeDatabase: () => Promise<void>) {
    this.simulator = simulator;
    this.#closeDatabase = closeDatabase;
    this.#client = new S3Client(simulator.clientConfig);
    const { region } = simulator.context;
    const client = new RedshiftDataClient({ ...simulator.clientConfig, maxAttempts: 1 });
    this.#session = new DataApiSession({ client, database: 'weir', workgroupName: 'weir' });
    this.#staging = { client: this.#client, bucket: 'weir-staging', region, copyRoleArn: COPY_ROLE };
    this.landing = new S3LandingZone({ client: this.#client, bucket: 'weir-landing', folder: 'transactions/' });
    this.ledger = new S3RunLedger({ client: this.#client, bucket: 'weir-ledger', prefix: 'ledger/' });
    this.config = JSON.stringify({
      region,
      landing: { bucket: 'weir-landing', folder: 'transactions/' },
      dimensions: { bucket: 'weir-landing', folder: 'dimensions/' },
      archive: { bucket: 'weir-archive' },
      quarantine: { bucket: 'weir-quarantine' },
      staging: { bucket: 'weir-staging' },
      ledger: { bucket: 'weir-ledger', prefix: 'ledger/' },
      redshift: { database: 'weir', workgroupName: 'weir', copyRoleArn: COPY_ROLE },
      glue: { jobName: 'weir' },
    });
  }

  static async open(): Promise<SimulatedRun> {
    const { connectionString, close } = await openTestDatabase();
    const run = new SimulatedRun(await startAwsSimulator({ redshift: { connectionString } }), close);
    for (const Bucket of BUCKETS) await run.#client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await run.#client.send(new PutBucketVersioningCommand({ Bucket: 'weir-landing', VersioningConfiguration }));
    const [session, staging] = [run.#session, run.#staging];
    await new RedshiftSchema({ session, clock: new SystemClock() }).upgrade();
    await new RedshiftDimensionCatalog({ session, staging }).load([
      { dimension: 'products', rows: lines('P-1\tKettle\tKitchen\t21.50\tS-1\nP-2\tMug\tKitchen\t4.00\tS-2\n') },
      { dimension: 'customers', rows: lines('C-1\tA\tB\ta@b\tGold\nC-2\tC\tD\tc@d\tSilver\n') },
    ]);
    return run;
  }

  async put(key: string, content: string): Promise<LandedFile> {
    this.simulator.putObjectAt('weir-landing', key, content, new Date(Date.UTC(2023, 2, 20)));
    return (await this.landing.find(key))!;
  }

  async plan(runId: string, files: readonly LandedFile[]): Promise<void> {
    await this.ledger.plan({ runId, plannedAt: Date.UTC(2023, 2, 21), policy: parsePolicy(), files });
  }

  start(runJob: RunJob, runId: string, jobRunId = 'jr_1'): Promise<JobEnd> {
    const args = { '--run-id': runId, '--weir-config': this.config };
    return runJob({ jobName: 'weir', jobRunId, arguments: args, signal: new AbortController().signal });
  }

  async entry(runId: string): Promise<RunEntry> {
    return (await this.ledger.read(runId))!;
  }

  async facts(): Promise<readonly Fact[]> {
    const facts: Fact[] = [];
    const reader = new RedshiftFactReader({ session: this.#session, staging: this.#staging });
    for await (const batch of reader.facts()) facts.push(...batch);
    return facts;
  }

  async close(): Promise<void> {
    this.#client.destroy();
    await this.simulator.close();
    await this.#closeDatabase();
  }
}

async function* lines(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
