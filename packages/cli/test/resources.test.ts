import { expect, it } from '@jest/globals';
import { DEFAULT_BATCH_SIZE } from '@weir/core';
import { DEFAULT_RESOURCES } from '../src/command-line/add-resources.ts';

it('the command reads batches of the size that core does, though its help does not load core', () => {
  expect(DEFAULT_RESOURCES.batchSize).toBe(DEFAULT_BATCH_SIZE);
});
