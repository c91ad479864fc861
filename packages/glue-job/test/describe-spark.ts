import { describe, test } from '@jest/globals';
import { missingForSpark } from '../src/testing/run-on-spark.ts';

/** Tests on a real Spark: with WEIR_SPARK=1, and then they fail where the machine lacks something. */
export function describeSpark(title: string, body: () => void): void {
  if (process.env.WEIR_SPARK === '1') {
    describe(title, () => {
      const missing = missingForSpark();
      if (missing === '') body();
      else test('run on this machine', () => Promise.reject(new Error(`Spark needs: ${missing}`)));
    });
    return;
  }
  const missing = missingForSpark();
  const how = missing === '' ? 'WEIR_SPARK=1 runs them' : `this machine lacks ${missing}; then WEIR_SPARK=1 runs them`;
  describe.skip(`${title} (${how})`, body);
}
