import { PROMETHEUS_TYPE, readMetrics } from '@weir/core/telemetry';
import type { Hono } from 'hono';
import type { Dashboard } from '../sources.ts';

/** The metrics of the warehouse for Prometheus. */
export function addMetrics(app: Hono, { history }: Dashboard): void {
  app.get('/metrics', async (context) =>
    context.body(await readMetrics(history), 200, { 'Content-Type': PROMETHEUS_TYPE }),
  );
}
