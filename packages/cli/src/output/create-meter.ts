import type { Meter } from './meter.ts';
import type { Screen } from './screen.ts';

export async function createMeter(screen: Screen): Promise<Meter> {
  if (screen.showsBars) return new (await import('./bar-meter.ts')).BarMeter(screen);
  return new (await import('./line-meter.ts')).LineMeter(screen);
}
