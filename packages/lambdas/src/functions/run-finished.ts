import { createAwsPorts } from '../composition/create-aws-ports.ts';
import { notices } from '../composition/notice-binding.ts';
import { createNoticeContext } from '../composition/notice-context.ts';
import { jobs, places } from '../composition/run-bindings.ts';
import { serve } from '../composition/serve.ts';
import { runHistory } from '../composition/warehouse-bindings.ts';
import { createRunFinished } from '../handlers/run-finished.ts';

export const handler = serve((surroundings) => {
  const { config, telemetry } = surroundings;
  const ports = createAwsPorts(surroundings, places, jobs, runHistory, notices);
  const settings = { ...config.glue, maxAttempts: config.maxAttempts, notice: createNoticeContext(config) };
  return createRunFinished(ports, settings, telemetry);
});
