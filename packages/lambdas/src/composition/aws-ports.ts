import type {
  createGlueClient,
  createRedshiftDataClient,
  createS3Client,
  createSecretsClient,
  createSnsClient,
  DataApiSession,
} from '@weir/adapters-aws';
import type { DimensionCatalog, PendingReplay, RejectStore, RunHistory, Unpacker, Warehouse } from '@weir/core';
import type { RunPorts } from '@weir/core/runs';
import type { ServiceIdentifier } from 'inversify';
import type { SetUpPorts } from '../dimensions/set-up.ts';

/** All that functions are made of. */
export interface AwsPorts extends RunPorts {
  readonly history: Pick<RunHistory, 'run' | 'runs' | 'openRejects'>;
  readonly dimensions: DimensionCatalog;
  readonly unpacker: Unpacker;
  readonly schema: SetUpPorts['schema'];
  readonly programUser: SetUpPorts['programUser'];
  readonly rejects: RejectStore;
  readonly warehouse: Warehouse;
  readonly pending: PendingReplay;
}

/** A client of each service, made once for all invocations. */
export interface AwsClients {
  readonly s3: ReturnType<typeof createS3Client>;
  readonly glue: ReturnType<typeof createGlueClient>;
  readonly sns: ReturnType<typeof createSnsClient>;
  readonly redshift: ReturnType<typeof createRedshiftDataClient>;
  readonly secrets: ReturnType<typeof createSecretsClient>;
}

type Tokens<All> = { readonly [Name in keyof All]: ServiceIdentifier<All[Name]> };

/** What the container is asked for. */
export const PORT: Tokens<AwsPorts> = {
  landing: Symbol.for('weir.landing'),
  archive: Symbol.for('weir.archive'),
  quarantine: Symbol.for('weir.quarantine'),
  ledger: Symbol.for('weir.ledger'),
  launcher: Symbol.for('weir.launcher'),
  history: Symbol.for('weir.history'),
  notifier: Symbol.for('weir.notifier'),
  clock: Symbol.for('weir.clock'),
  dimensions: Symbol.for('weir.dimensions'),
  unpacker: Symbol.for('weir.unpacker'),
  schema: Symbol.for('weir.schema'),
  programUser: Symbol.for('weir.program-user'),
  rejects: Symbol.for('weir.rejects'),
  warehouse: Symbol.for('weir.warehouse'),
  pending: Symbol.for('weir.pending'),
};

export const CLIENT: Tokens<AwsClients> = {
  s3: Symbol.for('weir.client.s3'),
  glue: Symbol.for('weir.client.glue'),
  sns: Symbol.for('weir.client.sns'),
  redshift: Symbol.for('weir.client.redshift'),
  secrets: Symbol.for('weir.client.secrets'),
};

/** What stands between the client of Redshift and its ports. */
export const SESSION: ServiceIdentifier<DataApiSession> = Symbol.for('weir.session');

/** As `SESSION`, signed in as the administrator: for the set-up alone. */
export const ADMINISTRATOR: ServiceIdentifier<DataApiSession> = Symbol.for('weir.administrator');
