import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { openTestDatabase } from '@weir/adapters-local/testing';
import { type AwsSimulator, type AwsSimulatorOptions, startAwsSimulator } from '@weir/aws-simulator';
import { readStoredDecisions, readStoredRejects, type WarehouseSubject } from '@weir/port-contracts';
import {
  DataApiSession,
  RedshiftDecisionLog,
  RedshiftDimensionCatalog,
  RedshiftFactReader,
  RedshiftProgramUser,
  RedshiftRunHistory,
  RedshiftRunUndo,
  RedshiftSchema,
  RedshiftWarehouse,
  type StagingPlace,
} from '../../src/redshift/index.ts';
import { inThisRealm } from './in-this-realm.ts';

export interface RedshiftSubject extends WarehouseSubject {
  readonly simulator: AwsSimulator;
  /** Signed in as the user of the programs, or as the administrator where the tables are not made yet. */
  readonly session: DataApiSession;
  readonly administrator: DataApiSession;
  readonly programUser: RedshiftProgramUser;
  readonly staging: StagingPlace;
  readonly schema: RedshiftSchema;
  readonly catalog: RedshiftDimensionCatalog;
  readonly warehouse: RedshiftWarehouse;
  /** A second one, of another process. */
  openWarehouse(options?: { readonly prefixOf?: (runId: string) => string }): RedshiftWarehouse;
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

const STAGING = 'weir-staging';
const ROLE = 'arn:aws:iam::123456789012:role/weir-copy';
export const PROGRAM_SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:weir-program-x1y2z3';

/** Without tables; all is done as the administrator. */
export function openEmptyRedshift(options: AwsSimulatorOptions = {}): Promise<RedshiftSubject> {
  return open(options, 'administrator');
}

async function open(options: AwsSimulatorOptions, user: 'administrator' | 'program'): Promise<RedshiftSubject> {
  const database = await openTestDatabase();
  const simulator = await startAwsSimulator({
    ...options,
    redshift: { connectionString: database.connectionString, ...options.redshift },
  });
  const s3 = inThisRealm(new S3Client(simulator.clientConfig));
  await s3.send(new CreateBucketCommand({ Bucket: STAGING }));
  const client = inThisRealm(new RedshiftDataClient({ ...simulator.clientConfig, maxAttempts: 1 }));
  const sessionOf = (more: object) =>
    new DataApiSession({
      client,
      workgroupName: 'weir',
      database: 'weir',
      sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 5))),
      ...more,
    });
  simulator.parts.context.secrets.create(PROGRAM_SECRET, JSON.stringify({ username: 'weir_app', password: 'Made1up' }));
  const administrator = sessionOf({});
  const program = sessionOf({ secretArn: PROGRAM_SECRET });
  const session = { administrator, program }[user];
  const secrets = inThisRealm(new SecretsManagerClient({ ...simulator.clientConfig, maxAttempts: 1 }));
  const secret = { client: secrets, secretArn: PROGRAM_SECRET, database: 'weir' };
  const staging = { client: s3, bucket: STAGING, region: simulator.clientConfig.region, copyRoleArn: ROLE };
  const place = { session, staging };
  const query = async (text: string) => (await simulator.redshift.query(text)) as never;
  return {
    simulator,
    session,
    administrator,
    programUser: new RedshiftProgramUser({ administrator, program, ...secret }),
    staging,
    schema: new RedshiftSchema({ session: administrator, clock: { now: () => Date.UTC(2026, 0, 1) } }),
    catalog: new RedshiftDimensionCatalog(place),
    warehouse: new RedshiftWarehouse(place),
    history: new RedshiftRunHistory(place),
    facts: new RedshiftFactReader(place),
    log: new RedshiftDecisionLog(place),
    undo: new RedshiftRunUndo(place),
    openWarehouse: (more = {}) => new RedshiftWarehouse({ ...place, ...more }),
    ignoresTrailingBlanks: true,
    query,
    rejects: () => readStoredRejects(query),
    decisions: () => readStoredDecisions(query),
    close: async () => {
      await simulator.close();
      s3.destroy();
      client.destroy();
      secrets.destroy();
      await database.close();
    },
  };
}

/** With all tables, which are empty; all is done as the user of the programs. */
export async function openRedshift(options: AwsSimulatorOptions = {}): Promise<RedshiftSubject> {
  const subject = await open(options, 'program');
  await subject.schema.upgrade();
  await subject.programUser.setUp();
  return subject;
}
