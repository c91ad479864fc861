import {
  createGlueClient,
  createS3Client,
  GlueJobLauncher,
  S3FileStore,
  S3LandingZone,
  S3RunLedger,
} from '@weir/adapters-aws';
import { SystemClock } from '@weir/adapters-local/in-process';
import { CLIENT, PORT } from './aws-ports.ts';
import type { Binding } from './create-aws-ports.ts';

/** Where files of transactions land and are taken to, and the ledger. */
export const places: Binding<'landing' | 'archive' | 'quarantine' | 'ledger' | 'clock'> = {
  ports: ['landing', 'archive', 'quarantine', 'ledger', 'clock'],
  bind(container, { config, telemetry }) {
    const { landing, archive, quarantine, ledger } = config;
    container.bind(CLIENT.s3).toResolvedValue(() => telemetry.trace(createS3Client(config)));
    container.bind(PORT.landing).toResolvedValue((client) => new S3LandingZone({ client, ...landing }), [CLIENT.s3]);
    const storeIn = (bucket: string) => (client: ReturnType<typeof createS3Client>) =>
      new S3FileStore({ client, bucket, landingBucket: landing.bucket });
    container.bind(PORT.archive).toResolvedValue(storeIn(archive.bucket), [CLIENT.s3]);
    container.bind(PORT.quarantine).toResolvedValue(storeIn(quarantine.bucket), [CLIENT.s3]);
    container.bind(PORT.ledger).toResolvedValue((client) => new S3RunLedger({ client, ...ledger }), [CLIENT.s3]);
    container.bind(PORT.clock).toResolvedValue(() => new SystemClock());
  },
};

export const jobs: Binding<'launcher'> = {
  ports: ['launcher'],
  bind(container, { config, telemetry }) {
    container.bind(CLIENT.glue).toResolvedValue(() => telemetry.trace(createGlueClient(config)));
    container
      .bind(PORT.launcher)
      .toResolvedValue((client) => new GlueJobLauncher({ client, ...config.glue }), [CLIENT.glue]);
  },
};
