import { createAwsPorts } from '../composition/create-aws-ports.ts';
import { toObjectVersion } from '../composition/object-version.ts';
import { jobs, places } from '../composition/run-bindings.ts';
import { serve } from '../composition/serve.ts';
import { createFilesLanded } from '../handlers/files-landed.ts';

export const handler = serve((surroundings) => {
  const { config, telemetry } = surroundings;
  const ports = createAwsPorts(surroundings, places, jobs);
  return createFilesLanded(ports, { ...config, toVersion: toObjectVersion }, telemetry);
});
