import {
  createRedshiftDataClient,
  DataApiSession,
  RedshiftDecisionLog,
  RedshiftDeliveryLog,
  RedshiftDimensionCatalog,
  RedshiftFactReader,
  RedshiftRejectStore,
  RedshiftRunHistory,
  RedshiftRunUndo,
  RedshiftSchema,
  RedshiftWarehouse,
  type StagingPlace,
} from '@weir/adapters-aws';
import { SystemClock, ZlibUnpacker } from '@weir/adapters-local/in-process';
import { Container, type ServiceIdentifier } from 'inversify';
import type { RedshiftSetting } from '../config/choose-database.ts';
import type { DatabasePorts } from './database-ports.ts';
import type { Aws } from './open-aws.ts';
import { splitS3Place } from './split-s3-place.ts';
import { TOKENS } from './tokens.ts';

/** What the adapters of Redshift are made of. */
interface RedshiftParts {
  readonly session: DataApiSession;
  readonly staging: StagingPlace;
}

/** The compiler sees to it that no port is left out. */
type Bindings = { readonly [Name in keyof DatabasePorts]: (parts: RedshiftParts) => DatabasePorts[Name] };

const BINDINGS: Bindings = {
  clock: () => new SystemClock(),
  unpacker: () => new ZlibUnpacker(),
  warehouse: (parts) => new RedshiftWarehouse(parts),
  dimensions: (parts) => new RedshiftDimensionCatalog(parts),
  history: ({ session }) => new RedshiftRunHistory({ session }),
  deliveries: ({ session }) => new RedshiftDeliveryLog({ session }),
  facts: (parts) => new RedshiftFactReader(parts),
  decisions: (parts) => new RedshiftDecisionLog(parts),
  rejects: ({ session }) => new RedshiftRejectStore({ session }),
  undo: (parts) => new RedshiftRunUndo(parts),
  schema: ({ session }) => new RedshiftSchema({ session, clock: new SystemClock(), init: 'weir init' }),
};

const PARTS: ServiceIdentifier<RedshiftParts> = Symbol.for('weir.redshift');

/** The ports of one Redshift. Each is made when it is first asked for. */
export function createAwsPorts(aws: Aws, setting: RedshiftSetting): DatabasePorts {
  const container = new Container({ defaultScope: 'Singleton' });
  container.bind(PARTS).toResolvedValue(() => createParts(aws, setting));
  const ports = {};
  for (const name of Object.keys(BINDINGS) as (keyof DatabasePorts)[]) {
    const token = TOKENS[name] as ServiceIdentifier<unknown>;
    container.bind(token).toResolvedValue(BINDINGS[name], [PARTS]);
    Object.defineProperty(ports, name, { enumerable: true, get: () => container.get(token) });
  }
  return ports as DatabasePorts;
}

function createParts(aws: Aws, { staging, copyRoleArn, ...target }: RedshiftSetting): RedshiftParts {
  const client = createRedshiftDataClient(aws);
  return {
    session: new DataApiSession({ client, ...target }),
    staging: { client: aws.s3, bucket: splitS3Place(staging).bucket, region: aws.region, copyRoleArn },
  };
}
