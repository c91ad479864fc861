import { createAwsPorts } from '../composition/create-aws-ports.ts';
import { jobs, places } from '../composition/run-bindings.ts';
import { serve } from '../composition/serve.ts';
import { runHistory } from '../composition/warehouse-bindings.ts';
import { createArchive } from '../handlers/archive.ts';

export const handler = serve((surroundings) => {
  const { config, telemetry } = surroundings;
  const ports = createAwsPorts(surroundings, places, jobs, runHistory);
  return createArchive(ports, { ...config.glue, maxAttempts: config.maxAttempts }, telemetry);
});
