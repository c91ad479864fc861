import { expect, test } from '@jest/globals';
import { parseDeploymentOptions } from '../src/deployment-options.ts';

test('what is not given has its default', () => {
  expect(parseDeploymentOptions({})).toEqual({
    stage: 'prod',
    email: undefined,
    baseCapacity: 8,
    maxCapacity: 32,
    dailyRpuHours: 32,
    glueWorkers: 2,
    policy: {},
    dataRemoval: 'retain',
  });
});

test('the warehouse may always grow at least to its base', () => {
  expect(parseDeploymentOptions({ baseCapacity: '64' }).maxCapacity).toBe(64);
  expect(() => parseDeploymentOptions({ baseCapacity: '64', maxCapacity: '32' })).toThrow(
    'maxCapacity is "32", but it must be a whole number from 64 to 1024.',
  );
});

test.each([
  ['stage', 'Prod'],
  ['stage', 'a-name-that-is-too-long'],
  ['stage', '-x'],
  ['email', 'nobody'],
  ['email', 'a@b.ch, c@d.ch'],
  ['baseCapacity', '3'],
  ['baseCapacity', '8.5'],
  ['dailyRpuHours', '0'],
  ['glueWorkers', '1'],
  ['glueWorkers', 'many'],
])('%s cannot be %s', (name, value) => {
  expect(() => parseDeploymentOptions({ [name]: value })).toThrow(
    `${name} is ${JSON.stringify(value)}, but it must be `,
  );
});

test('a policy is one that the rules take, and short enough for the environment of a function', () => {
  expect(parseDeploymentOptions({ policy: { maxRejectRate: 0.2 } }).policy).toEqual({ maxRejectRate: 0.2 });
  expect(() => parseDeploymentOptions({ policy: { maxRejectRate: 2 } })).toThrow(
    /The policy cannot be used\. .*maxRejectRate/s,
  );
  const paymentTypes = Array.from({ length: 100 }, (_, i) => `a long way to pay, number ${i}`);
  expect(() => parseDeploymentOptions({ policy: { paymentTypes } })).toThrow(/The policy has \d+ bytes as JSON/);
});

test('data is deleted only by that word', () => {
  for (const word of ['true', 'Destroy', 'delete']) {
    expect(parseDeploymentOptions({ dataRemoval: word }).dataRemoval).toBe('retain');
  }
});
