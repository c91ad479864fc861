import {
  type AwsConfig,
  createRedshiftDataClient,
  createSecretsClient,
  DataApiSession,
  RedshiftDimensionCatalog,
  RedshiftProgramUser,
  RedshiftRejectStore,
  RedshiftRunHistory,
  RedshiftSchema,
  RedshiftWarehouse,
  type StagingPlace,
} from '@weir/adapters-aws';
import { SystemClock } from '@weir/adapters-local/in-process';
import type { Container } from 'inversify';
import { ADMINISTRATOR, type AwsClients, CLIENT, PORT, SESSION } from './aws-ports.ts';
import type { Binding } from './create-aws-ports.ts';
import type { Surroundings } from './serve.ts';

const MINUTE = 60_000;
/** Statements end before the function that waits for them: run finished has five minutes, dimensions has fifteen. */
const QUESTION_TIMEOUT = 4 * MINUTE;
const LOAD_TIMEOUT = 13 * MINUTE;
/** A call that is refused again and again has less time here than in the job: six tries of six calls are about a minute. */
const TRIES = 6;

export const runHistory: Binding<'history'> = {
  ports: ['history'],
  bind(container, surroundings) {
    bindSession(container, surroundings, QUESTION_TIMEOUT);
    container.bind(PORT.history).toResolvedValue((session) => new RedshiftRunHistory({ session }), [SESSION]);
  },
};

/** Needs a client of S3 among the other bindings: rows go to Redshift by way of the staging bucket. */
export const dimensionTables: Binding<'dimensions' | 'rejects' | 'warehouse'> = {
  ports: ['dimensions', 'rejects', 'warehouse'],
  bind(container, surroundings) {
    const { region, staging, redshift } = surroundings.config;
    bindSession(container, surroundings, LOAD_TIMEOUT);
    const placeOf = (client: StagingPlace['client']) => {
      return { client, bucket: staging.bucket, region, copyRoleArn: redshift.copyRoleArn };
    };
    container
      .bind(PORT.dimensions)
      .toResolvedValue(
        (session, client) => new RedshiftDimensionCatalog({ session, staging: placeOf(client) }),
        [SESSION, CLIENT.s3],
      );
    container
      .bind(PORT.warehouse)
      .toResolvedValue(
        (session, client) => new RedshiftWarehouse({ session, staging: placeOf(client) }),
        [SESSION, CLIENT.s3],
      );
    container.bind(PORT.rejects).toResolvedValue((session) => new RedshiftRejectStore({ session }), [SESSION]);
  },
};

/** Needs `dimensionTables` among the other bindings, as whose user it signs in to look. */
export const tableSetUp: Binding<'schema' | 'programUser'> = {
  ports: ['schema', 'programUser'],
  bind(container, surroundings) {
    const { config, telemetry } = surroundings;
    const { administrator, redshift } = config;
    const secretArn = administrator?.secretArn ?? redshift.secretArn;
    container
      .bind(ADMINISTRATOR)
      .toResolvedValue(openSession({ ...redshift, secretArn }, LOAD_TIMEOUT), [CLIENT.redshift]);
    container
      .bind(PORT.schema)
      .toResolvedValue((session) => new RedshiftSchema({ session, clock: new SystemClock() }), [ADMINISTRATOR]);
    if (administrator === undefined) {
      // The tables are the user's own.
      container.bind(PORT.programUser).toConstantValue({ setUp: async () => undefined });
      return;
    }
    container.bind(CLIENT.secrets).toResolvedValue(() => telemetry.trace(createSecretsClient(config)));
    container.bind(PORT.programUser).toResolvedValue(
      (admin, program, client) =>
        new RedshiftProgramUser({
          administrator: admin,
          program,
          client,
          secretArn: redshift.secretArn!,
          database: redshift.database,
        }),
      [ADMINISTRATOR, SESSION, CLIENT.secrets],
    );
  },
};

function bindSession(container: Container, surroundings: Surroundings, statementTimeout: number): void {
  const { config, telemetry } = surroundings;
  container.bind(CLIENT.redshift).toResolvedValue(() => telemetry.trace(createRedshiftDataClient(config)));
  container.bind(SESSION).toResolvedValue(openSession(config.redshift, statementTimeout), [CLIENT.redshift]);
}

function openSession(redshift: AwsConfig['redshift'], statementTimeout: number) {
  return (client: AwsClients['redshift']) =>
    new DataApiSession({ client, ...redshift, statementTimeout, tries: TRIES });
}
