import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { PostgresFactReader } from '@weir/adapters-local';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import pg from 'pg';
import { digestFacts, type FactsDigest } from '../../src/demo/digest-facts.ts';
import { type CommandEnd, runCommand } from './run-command.ts';
import { openTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

const BUCKETS = ['shop-landing', 'shop-archive', 'shop-quarantine', 'shop-staging'];
/** Of a configuration: everything on AWS. */
export const PROFILE = {
  landing: 's3://shop-landing',
  archive: 's3://shop-archive',
  quarantine: 's3://shop-quarantine',
  aws: { region: 'eu-central-1' },
  database: {
    redshift: {
      workgroupName: 'shop',
      database: 'weir',
      copyRoleArn: 'arn:aws:iam::123456789012:role/shop-copy',
      staging: 's3://shop-staging',
    },
  },
};
/** A shop whose files land in S3 and whose tables are in Redshift, and the command on a laptop. */
export interface ShopOnAws {
  readonly simulator: AwsSimulator;
  readonly folder: TemporaryFolder;
  weir(...args: readonly string[]): Promise<CommandEnd>;
  /** Puts the files of a folder into the landing bucket, with their times; their keys. */
  land(folder: string): Promise<readonly string[]>;
  digest(): Promise<FactsDigest>;
  close(): Promise<void>;
}

/** @param config of the folder in which the command is called */
export async function openShopOnAws(config: object): Promise<ShopOnAws> {
  const database = await openTestDatabase();
  const simulator = await startAwsSimulator({ redshift: { connectionString: database.connectionString } });
  const folder = await openTemporaryFolder();
  await makeBuckets(simulator);
  await folder.write('weir.config.json', JSON.stringify(config));
  return {
    simulator,
    folder,
    weir: (...args) =>
      runCommand([...args, '--json'], { cwd: folder.path, env: { ...simulator.environment, AWS_REGION: '' } }),
    land: async (landing) => await putFiles(simulator, landing),
    digest: async () => {
      const pool = new pg.Pool({ connectionString: database.connectionString });
      return await digestFacts(new PostgresFactReader({ pool })).finally(() => pool.end());
    },
    close: async () => {
      await simulator.close();
      await database.close();
      await folder.remove();
    },
  };
}

async function makeBuckets(simulator: AwsSimulator): Promise<void> {
  const s3 = new S3Client(simulator.clientConfig);
  for (const Bucket of BUCKETS) {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  }
  s3.destroy();
}

async function putFiles(simulator: AwsSimulator, landing: string): Promise<readonly string[]> {
  const entries = await readdir(landing, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths) {
    const { mtime } = await stat(path);
    simulator.putObjectAt('shop-landing', path.slice(landing.length + 1), await readFile(path), mtime);
  }
  return paths.map((path) => path.slice(landing.length + 1)).sort();
}
