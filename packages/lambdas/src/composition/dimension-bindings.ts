import { createS3Client, S3FileStore, S3LandingZone, S3PendingReplay, S3RunLedger } from '@weir/adapters-aws';
import { SystemClock, ZlibUnpacker } from '@weir/adapters-local/in-process';
import { CLIENT, PORT } from './aws-ports.ts';
import type { Binding } from './create-aws-ports.ts';

/** Where dimension files land, and where bad ones are taken to. */
export const dimensionPlaces: Binding<'landing' | 'quarantine' | 'unpacker' | 'ledger' | 'pending' | 'clock'> = {
  ports: ['landing', 'quarantine', 'unpacker', 'ledger', 'pending', 'clock'],
  bind(container, { config, telemetry }) {
    const { dimensions, quarantine, ledger } = config;
    container.bind(CLIENT.s3).toResolvedValue(() => telemetry.trace(createS3Client(config)));
    container.bind(PORT.landing).toResolvedValue((client) => new S3LandingZone({ client, ...dimensions }), [CLIENT.s3]);
    container
      .bind(PORT.quarantine)
      .toResolvedValue(
        (client) => new S3FileStore({ client, bucket: quarantine.bucket, landingBucket: dimensions.bucket }),
        [CLIENT.s3],
      );
    container.bind(PORT.ledger).toResolvedValue((client) => new S3RunLedger({ client, ...ledger }), [CLIENT.s3]);
    container.bind(PORT.pending).toResolvedValue((client) => new S3PendingReplay({ client, ...ledger }), [CLIENT.s3]);
    container.bind(PORT.clock).toResolvedValue(() => new SystemClock());
    container.bind(PORT.unpacker).toResolvedValue(() => new ZlibUnpacker());
  },
};
