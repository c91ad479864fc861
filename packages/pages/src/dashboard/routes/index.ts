import type { Hono } from 'hono';
import type { Dashboard } from '../sources.ts';
import { addAssets } from './assets.ts';
import { addDays } from './days.ts';
import { addFiles } from './files.ts';
import { addLive } from './live.ts';
import { addMetrics } from './metrics.ts';
import { addRejects } from './rejects.ts';
import { addRun } from './run.ts';
import { addRuns } from './runs.ts';
import { addThroughput } from './throughput.ts';
import { addTransaction } from './transaction.ts';

/** All that is answered; a file each. */
export const ROUTES: readonly ((app: Hono, dashboard: Dashboard) => void)[] = [
  addAssets,
  addRuns,
  addRun,
  addFiles,
  addDays,
  addRejects,
  addTransaction,
  addThroughput,
  addLive,
  addMetrics,
];
