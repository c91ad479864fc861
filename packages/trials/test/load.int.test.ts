import { test } from '@jest/globals';
import { loadTrial } from '../src/load/load-trial.ts';
import { expectNoViolations } from './expect-no-violations.ts';

test(
  'a thousand files at once are loaded; a restart of the server or a full disk costs a run at most, and no row',
  () => expectNoViolations(loadTrial),
  300_000,
);
