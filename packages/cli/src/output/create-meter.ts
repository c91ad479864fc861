import type { Meter } from './meter.ts';
import type { Screen } from './screen.ts';

/** @param lines `quiet`: without a terminal only progress that takes long, and what must be known, is told */
export async function createMeter(screen: Screen, lines: 'lines' | 'quiet' = 'lines'): Promise<Meter> {
  if (screen.showsBars) return new (await import('./bar-meter.ts')).BarMeter(screen);
  return new (await import('./line-meter.ts')).LineMeter(screen, lines);
}
