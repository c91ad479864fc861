import type { Trial } from './trial.ts';

/** Loaded when they are asked for: some bring a database along. */
export const TRIALS: Readonly<Record<string, () => Promise<Trial>>> = {
  schedules: async () => (await import('./schedules/schedules.ts')).schedules,
  kills: async () => (await import('./kills/kills-trial.ts')).killsTrial,
};
