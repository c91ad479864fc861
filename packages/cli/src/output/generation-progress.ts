import type { GenerationProgress } from '@weir/datagen';
import { formatCount, formatCounted, formatWait } from './format-amount.ts';
import type { Meter } from './meter.ts';
import { Pace } from './pace.ts';

/** Progress of generated rows on a meter. */
export function showGeneration(meter: Meter, now = () => performance.now()): (progress: GenerationProgress) => void {
  const pace = new Pace();
  return ({ rowsWritten, rowsExpected }) => {
    pace.note(now(), rowsWritten);
    meter.update(() => {
      const rate = pace.perSecond(now(), rowsWritten);
      const left = Math.max(0, rowsExpected - rowsWritten);
      const details = [
        `${formatCount(rowsWritten)} of ${formatCounted(rowsExpected, 'row')}`,
        ...(rate > 0 ? [`${formatCount(rate)} rows/s`, `${formatWait((left / rate) * 1000)} left`] : []),
      ];
      return { phase: 'Generating', share: Math.min(1, rowsWritten / Math.max(1, rowsExpected)), details };
    });
  };
}
