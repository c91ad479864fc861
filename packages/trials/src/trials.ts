import type { Trial } from './trial.ts';

/** Loaded when they are asked for: some bring a database along. */
export const TRIALS: Readonly<Record<string, () => Promise<Trial>>> = {
  sweep: async () => (await import('./sweep/sweep.ts')).sweep,
  schedules: async () => (await import('./schedules/schedules.ts')).schedules,
  'late-dimensions': async () => (await import('./late-dimensions/late-dimensions-trial.ts')).lateDimensionsTrial,
  'two-writers': async () => (await import('./two-writers/two-writers-trial.ts')).twoWritersTrial,
  load: async () => (await import('./load/load-trial.ts')).loadTrial,
  'large-day': async () => (await import('./large-day/large-day-trial.ts')).largeDayTrial,
  'day-on-aws': async () => (await import('./day-on-aws/day-on-aws-trial.ts')).dayOnAwsTrial,
  kills: async () => (await import('./kills/kills-trial.ts')).killsTrial,
};
