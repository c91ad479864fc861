import {
  type AwsConfig,
  createRedshiftDataClient,
  createS3Client,
  DataApiSession,
  parseAwsConfig,
  RedshiftDimensionCatalog,
  RedshiftRunHistory,
  RedshiftWarehouse,
  S3RunLedger,
  type StagingPlace,
} from '@weir/adapters-aws';
import { SystemClock } from '@weir/adapters-local/in-process';
import type { Clock, RunHistory, RunLedger } from '@weir/core';
import { Container, type ServiceIdentifier } from 'inversify';
import type { DoRunOptions } from '../job/do-run.ts';
import type { JobChannel } from '../job/job-channel.ts';
import type { JobArguments } from '../job/read-arguments.ts';
import { DriverWorkers } from '../transform/driver-workers.ts';
import { PipedTransformer } from '../transform/piped-transformer.ts';

const S3: ServiceIdentifier<StagingPlace['client']> = Symbol.for('weir.client.s3');
const SESSION: ServiceIdentifier<DataApiSession> = Symbol.for('weir.session.redshift');
const STAGING: ServiceIdentifier<StagingPlace> = Symbol.for('weir.staging');
const LEDGER: ServiceIdentifier<RunLedger> = Symbol.for('weir.ledger');
const HISTORY: ServiceIdentifier<RunHistory> = Symbol.for('weir.history');
const DIMENSIONS: ServiceIdentifier<RedshiftDimensionCatalog> = Symbol.for('weir.dimensions');
const CLOCK: ServiceIdentifier<Clock> = Symbol.for('weir.clock');

/**
 * What the job does its run with. Whatever a holder of the lease stages lies below its own fencing token: what an earlier one
 * still writes is never taken for this one's.
 */
export function createJobPorts(
  { runId, jobRunId, config: text, parallelism }: JobArguments,
  channel: JobChannel,
): Omit<DoRunOptions, 'onEvent'> {
  const config = parseAwsConfig(text, '--weir-config');
  const container = createContainer(config);
  const workers = new DriverWorkers(channel, parallelism);
  return {
    runId,
    jobRunId,
    ledger: container.get(LEDGER),
    clock: container.get(CLOCK),
    history: container.get(HISTORY),
    createWork: (token) => {
      const prefix = `runs/${runId}/${token}/`;
      const [session, staging] = [container.get(SESSION), container.get(STAGING)];
      const warehouse = new RedshiftWarehouse({ session, staging, prefixOf: () => prefix });
      const transformer = new PipedTransformer({
        workers,
        places: { region: config.region, landing: config.landing, staging: { ...config.staging, prefix } },
        openStage: (id) => warehouse.openStage(id),
        snapshotDimensions: () => container.get(DIMENSIONS).snapshot(`${prefix}dimensions/`),
      });
      return { transformer, warehouse };
    },
  };
}

function createContainer(config: AwsConfig): Container {
  const { redshift, ledger } = config;
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(CLOCK).toResolvedValue(() => new SystemClock());
  container.bind(S3).toResolvedValue(() => createS3Client(config));
  container
    .bind(SESSION)
    .toResolvedValue(() => new DataApiSession({ ...redshift, client: createRedshiftDataClient(config) }));
  container
    .bind(STAGING)
    .toResolvedValue(
      (client) => ({ ...config.staging, client, region: config.region, copyRoleArn: redshift.copyRoleArn }),
      [S3],
    );
  container.bind(LEDGER).toResolvedValue((client) => new S3RunLedger({ client, ...ledger }), [S3]);
  container.bind(HISTORY).toResolvedValue((session) => new RedshiftRunHistory({ session }), [SESSION]);
  container
    .bind(DIMENSIONS)
    .toResolvedValue((session, staging) => new RedshiftDimensionCatalog({ session, staging }), [SESSION, STAGING]);
  return container;
}
