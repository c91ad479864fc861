import { PROMETHEUS_TYPE, readMetrics } from '@weir/core/telemetry';
import type { Hono } from 'hono';
import { askSparingly } from '../ask-sparingly.ts';
import type { Dashboard } from '../sources.ts';

/** The metrics of the warehouse for Prometheus. To add up a million runs takes a second, and anybody may scrape every second. */
export function addMetrics(app: Hono, { history }: Dashboard): void {
  const read = askSparingly(() => readMetrics(history));
  app.get('/metrics', async (context) => context.body(await read(), 200, { 'Content-Type': PROMETHEUS_TYPE }));
}
