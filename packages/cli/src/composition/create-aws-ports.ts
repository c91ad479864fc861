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
} from '@weir/adapters-aws';
import { SystemClock, ZlibUnpacker } from '@weir/adapters-local/in-process';
import type { RedshiftSetting } from '../config/choose-database.ts';
import type { DatabasePorts } from './database-ports.ts';
import { madeWhenAsked } from './made-when-asked.ts';
import type { Aws } from './open-aws.ts';
import { splitS3Place } from './split-s3-place.ts';

/** The ports of one Redshift. Each is made when it is first asked for. */
export function createAwsPorts(aws: Aws, { staging, copyRoleArn, ...target }: RedshiftSetting): DatabasePorts {
  const session = new DataApiSession({ client: createRedshiftDataClient(aws), ...target });
  const place = { client: aws.s3, bucket: splitS3Place(staging).bucket, region: aws.region, copyRoleArn };
  const parts = { session, staging: place };
  return madeWhenAsked<DatabasePorts>({
    clock: () => new SystemClock(),
    unpacker: () => new ZlibUnpacker(),
    warehouse: () => new RedshiftWarehouse(parts),
    dimensions: () => new RedshiftDimensionCatalog(parts),
    history: () => new RedshiftRunHistory({ session }),
    deliveries: () => new RedshiftDeliveryLog({ session }),
    facts: () => new RedshiftFactReader(parts),
    decisions: () => new RedshiftDecisionLog(parts),
    rejects: () => new RedshiftRejectStore({ session }),
    undo: () => new RedshiftRunUndo(parts),
    schema: () => new RedshiftSchema({ session, clock: new SystemClock(), init: 'weir init' }),
  });
}
