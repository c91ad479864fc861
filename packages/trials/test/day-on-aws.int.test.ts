import { test } from '@jest/globals';
import { dayOnAwsTrial } from '../src/day-on-aws/day-on-aws-trial.ts';
import { expectNoViolations } from './expect-no-violations.ts';

test(
  'an hour of Weir on AWS with every fault at once ends in the tables, books, places and mails of one without a fault',
  () => expectNoViolations(dayOnAwsTrial),
  600_000,
);
