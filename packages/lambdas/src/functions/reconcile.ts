import { createAwsPorts } from '../composition/create-aws-ports.ts';
import { notices } from '../composition/notice-binding.ts';
import { createNoticeContext } from '../composition/notice-context.ts';
import { jobs, places } from '../composition/run-bindings.ts';
import { serve } from '../composition/serve.ts';
import { runHistory } from '../composition/warehouse-bindings.ts';
import { createReconcile } from '../handlers/reconcile.ts';

export const handler = serve((surroundings) => {
  const { config, telemetry } = surroundings;
  const ports = createAwsPorts(surroundings, places, jobs, runHistory, notices);
  const { policy, maxAttempts } = config;
  return createReconcile(ports, { policy, maxAttempts, notice: createNoticeContext(config) }, telemetry);
});
