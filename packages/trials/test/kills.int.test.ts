import { test } from '@jest/globals';
import { killsTrial } from '../src/kills/kills-trial.ts';
import { expectNoViolations } from './expect-no-violations.ts';

/** Of each setting, and as many double kills; the trial has more. */
const POINTS = 4;

test(
  'weir ingest that is killed at an external call, and run again, ends as if nobody had killed it',
  () => expectNoViolations(killsTrial, POINTS),
  600_000,
);
