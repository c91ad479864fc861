import { test } from '@jest/globals';
import { largeDayTrial } from '../src/large-day/large-day-trial.ts';
import { expectNoViolations } from './expect-no-violations.ts';

test(
  'a large day becomes the books and the facts of the answer key of its generator',
  () => expectNoViolations(largeDayTrial),
  300_000,
);
