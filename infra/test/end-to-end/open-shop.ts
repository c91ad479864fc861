import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { S3Client } from '@aws-sdk/client-s3';
import {
  DataApiSession,
  parseAwsConfig,
  RedshiftFactReader,
  RedshiftRunHistory,
  S3RunLedger,
} from '@weir/adapters-aws';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, type FaultOptions, type GlueRunner, startAwsSimulator } from '@weir/aws-simulator';
import type { FactReader, RunHistory, RunLedger } from '@weir/core';
import { App } from 'aws-cdk-lib';
import { digestFacts, type FactsDigest } from '../../../packages/cli/src/demo/digest-facts.ts';
import { runOnProcesses } from '../../../packages/glue-job/src/testing/run-on-processes.ts';
import { deployedFiles } from '../../src/deployed-files.ts';
import { parseDeploymentOptions } from '../../src/deployment-options.ts';
import { addWeir } from '../../src/weir-app.ts';

const ROOT = join(import.meta.dirname, '../../..');
const STAGE = 'shop';
const SETTLE_MS = 240_000;

type Environment = Readonly<Record<string, string>>;
type BucketName = 'landing' | 'archive' | 'quarantine' | 'ledger' | 'staging';

/** The whole of Weir as its templates deploy it, on the simulator. */
export interface Shop {
  readonly simulator: AwsSimulator;
  readonly ledger: RunLedger;
  readonly facts: FactReader;
  readonly history: RunHistory;
  /** Drops a file, as of the time that it had. */
  drop(key: string, content: Uint8Array, modifiedAt: Date): void;
  /** Keys that lie in a bucket now, below a prefix. */
  keysOf(bucket: BucketName, prefix?: string): readonly string[];
  read(bucket: BucketName, key: string): Buffer | undefined;
  /** All that lies in a bucket, older versions too. */
  versionsIn(bucket: BucketName): readonly { readonly key: string; readonly content: Buffer }[];
  /** What all functions wrote to their logs. */
  logs(): string;
  /** Lets everything that was set in motion come to rest. */
  settle(): Promise<void>;
  /** Fires the schedule of the sweep, and lets what it set in motion come to rest. */
  sweep(): Promise<void>;
  /** Fires the schedule of the sweep, and waits for nothing. */
  fireSweep(): void;
  digest(): Promise<FactsDigest>;
  close(): Promise<void>;
}

export interface ShopOptions {
  readonly faults?: FaultOptions;
  /** The clock of all services; that of the machine where it is left out. */
  readonly now?: () => Date;
  /** Real milliseconds of a second of AWS; a job has three hours of them. 3 where it is left out. */
  readonly secondMs?: number;
  /** Added to the environment of all functions and jobs. */
  readonly environment?: Environment;
  /** What runs the Glue jobs, given the environment that reaches their programs; plain processes where it is left out. */
  readonly runner?: (environment: Environment) => GlueRunner;
}

/** Builds and synthesizes once; any number of shops may be opened from it. */
export class ShopTemplates {
  readonly #folder = mkdtempSync(join(tmpdir(), 'weir-shop-'));
  readonly #assembly = join(this.#folder, 'cdk.out');

  constructor() {
    for (const kind of ['function', 'job']) {
      const build = [join(ROOT, 'scripts/build.mjs'), '--only', kind, '--out', this.#folder];
      const built = spawnSync(process.execPath, build, { encoding: 'utf8' });
      if (built.status !== 0) throw new Error(`The programs could not be built: ${built.stderr}`);
    }
    const app = new App({ analyticsReporting: false, outdir: this.#assembly });
    addWeir(app, {
      options: parseDeploymentOptions({ stage: STAGE, email: 'shop@example.com' }),
      files: deployedFiles(ROOT, { wheel: 'placeholder', built: this.#folder }),
    });
    app.synth();
  }

  /** Deploys everything; the tables are there, and empty. */
  async openShop(options: ShopOptions = {}): Promise<Shop> {
    const { faults, now, secondMs = 3, environment: added = {}, runner = onProcesses } = options;
    // Functions start by the dozen.
    const more = { ...added, NODE_COMPILE_CACHE: join(this.#folder, 'compiled') };
    const database = await openTestDatabase();
    const simulator = await startAwsSimulator({
      ...(faults === undefined ? {} : { faults }),
      ...(now === undefined ? {} : { now }),
      secondMs,
      redshift: { connectionString: database.connectionString },
    });
    const environment = { ...simulator.environment, ...more, PATH: process.env.PATH ?? '' };
    const { resources } = await simulator.deploy(this.#assembly, { runJob: runner(environment), environment: more });
    const functions = resources.filter(
      ({ type, properties }) => type === 'AWS::Lambda::Function' && isOurs(properties),
    );
    const config = parseAwsConfig(functions[0]!.properties.Environment.Variables.WEIR_CONFIG, 'WEIR_CONFIG');
    const { s3 } = simulator.parts;
    const client = new S3Client(simulator.clientConfig);
    const redshift = new RedshiftDataClient(simulator.clientConfig);
    const session = new DataApiSession({ client: redshift, ...config.redshift });
    const facts = new RedshiftFactReader({
      session,
      staging: { client, bucket: config.staging.bucket, region: config.region },
    });
    const fireSweep = () => simulator.fireSchedule(`weir-${STAGE}-sweep`);
    return {
      simulator,
      ledger: new S3RunLedger({ client, ...config.ledger }),
      facts,
      history: new RedshiftRunHistory({ session }),
      drop: (key, content, modifiedAt) => s3.write(config.landing.bucket, key, content, modifiedAt),
      keysOf: (bucket, prefix = '') => s3.keysBelow(config[bucket].bucket, prefix),
      read: (bucket, key) => s3.read(config[bucket].bucket, key),
      versionsIn: (name) => {
        const bucket = s3.store.bucket(config[name].bucket);
        return bucket
          .keys()
          .flatMap((key) => bucket.versions(key))
          .flatMap((version) => (version.kind === 'object' ? [{ key: version.key, content: version.body }] : []));
      },
      logs: () => functions.map(({ ref }) => simulator.logsOf(ref).join('\n')).join('\n'),
      settle: () => simulator.settle(SETTLE_MS),
      sweep: async () => {
        fireSweep();
        await simulator.settle(SETTLE_MS);
      },
      fireSweep,
      digest: () => digestFacts(facts),
      close: async () => {
        client.destroy();
        redshift.destroy();
        await simulator.close();
        await database.close();
      },
    };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** CDK adds functions of its own. */
// biome-ignore lint/suspicious/noExplicitAny: as the template has it.
function isOurs(properties: any): boolean {
  return properties.Environment?.Variables?.WEIR_CONFIG !== undefined;
}

function onProcesses(environment: Environment): GlueRunner {
  return runOnProcesses({ environment });
}
