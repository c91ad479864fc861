import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { definePolicy, PolicyError, parsePolicy } from '../../src/policy/parse-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { policyHash } from '../../src/policy/policy-hash.ts';

function problemsOf(input: unknown): string[] {
  try {
    parsePolicy(input);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.problems.map(({ key, message }) => `${key} | ${message}`);
  }
}

describe('the policy', () => {
  test('has the defaults of the rules', () => {
    const defaults = {
      paymentTypes: ['Credit Card', 'Debit Card', 'PayPal', 'Bank Transfer', 'Gift Card', 'Cash'],
      statuses: ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'],
      terminalStatuses: [],
      amountClasses: [{ name: 'Small', below: '100.00' }, { name: 'Medium', below: '500.00' }, { name: 'Large' }],
      maxRejectRate: 1,
      maxRecordBytes: 1_048_576,
      decisions: 'changes',
    };
    expect(parsePolicy()).toEqual(defaults);
    expect(parsePolicy({})).toEqual(defaults);
    expect(definePolicy({ maxRejectRate: 0.5 })).toEqual({ ...defaults, maxRejectRate: 0.5 });
  });

  test.each([
    ['a list of one', { paymentTypes: ['Cash'] }],
    ['words of 32 characters', { paymentTypes: ['x'.repeat(32)] }],
    ['a hundred words', { paymentTypes: Array.from({ length: 100 }, (_, i) => `word ${i}`) }],
    ['a terminal status in another case', { terminalStatuses: ['refunded', 'CANCELLED'] }],
    ['one class', { amountClasses: [{ name: 'All' }] }],
    ['amounts of 13 digits', { amountClasses: [{ name: 'a', below: '9999999999999.99' }, { name: 'b' }] }],
    ['the bounds of the reject rate', { maxRejectRate: 0 }],
    ['the smallest record limit', { maxRecordBytes: 1024 }],
    ['the largest record limit', { maxRecordBytes: 16 * 1024 * 1024 }],
    ['all decisions', { decisions: 'all' }],
    ['no decisions', { decisions: 'none' }],
  ])('takes %s', (_, input) => {
    expect(problemsOf(input)).toEqual([]);
  });

  test('trims words and keeps their spelling', () => {
    expect(parsePolicy({ statuses: [' In  Transit\t', 'DONE'] }).statuses).toEqual(['In  Transit', 'DONE']);
  });

  const WRONG: readonly (readonly [string, unknown])[] = [
    ['no object', 5],
    ['null', null],
    ['a list', []],
    ['an unknown key', { maxRejectRat: 1 }],
    ['two unknown keys', { a: 1, b: 2 }],
    ['no list of payment types', { paymentTypes: 'Cash' }],
    ['an empty list', { paymentTypes: [] }],
    ['too many words', { paymentTypes: Array.from({ length: 101 }, (_, i) => `w${i}`) }],
    ['an empty word', { paymentTypes: ['Cash', ' '] }],
    ['a word that is too long', { statuses: ['x'.repeat(33)] }],
    ['a word that is no text', { statuses: ['Pending', 5] }],
    ['a control character', { statuses: ['a\nb'] }],
    ['the same word twice', { statuses: ['In Transit', 'in  transit'] }],
    ['a terminal status that is no status', { terminalStatuses: ['Done'] }],
    ['a second terminal status that is none', { terminalStatuses: ['Refunded', 'Done'] }],
    ['no class', { amountClasses: [] }],
    ['no bound on the first of two classes', { amountClasses: [{ name: 'a' }, { name: 'b' }] }],
    [
      'a bound on the last class',
      {
        amountClasses: [
          { name: 'a', below: '1' },
          { name: 'b', below: '2' },
        ],
      },
    ],
    ['equal bounds', { amountClasses: [{ name: 'a', below: '1.0' }, { name: 'b', below: '1' }, { name: 'c' }] }],
    ['falling bounds', { amountClasses: [{ name: 'a', below: '10' }, { name: 'b', below: '9' }, { name: 'c' }] }],
    ['an amount that is a number', { amountClasses: [{ name: 'a', below: 100 }, { name: 'b' }] }],
    ['an amount with three decimals', { amountClasses: [{ name: 'a', below: '1.000' }, { name: 'b' }] }],
    ['an amount of 14 digits', { amountClasses: [{ name: 'a', below: '10000000000000' }, { name: 'b' }] }],
    ['a negative amount', { amountClasses: [{ name: 'a', below: '-1' }, { name: 'b' }] }],
    ['a class without name', { amountClasses: [{ below: '1' }, { name: 'b' }] }],
    ['an unknown key of a class', { amountClasses: [{ name: 'a', under: '1' }, { name: 'b' }] }],
    ['a reject rate above 1', { maxRejectRate: 1.01 }],
    ['a reject rate below 0', { maxRejectRate: -0.01 }],
    ['a reject rate in words', { maxRejectRate: '5 %' }],
    ['a reject rate that is no number', { maxRejectRate: Number.NaN }],
    ['a record limit below 1 KiB', { maxRecordBytes: 1023 }],
    ['a record limit above 16 MiB', { maxRecordBytes: 16 * 1024 * 1024 + 1 }],
    ['half a byte', { maxRecordBytes: 2048.5 }],
    ['unknown decisions', { decisions: 'some' }],
    ['many things at once', { statuses: [], maxRejectRate: 2, decisions: 1, x: 1 }],
  ];

  test.each(WRONG)('refuses %s', (_, input) => {
    expect(problemsOf(input).length).toBeGreaterThan(0);
  });

  test('names in each problem the key and what is allowed', () => {
    expect(
      `\n${WRONG.map(([title, input]) => [`# ${title}`, ...problemsOf(input)].join('\n')).join('\n')}\n`,
    ).toMatchSnapshot();
  });

  test('tells all problems in one sentence', () => {
    expect(() => parsePolicy({ maxRejectRate: 2, decisions: 'some' })).toThrow(/^maxRejectRate: .*; decisions: /);
  });
});

describe('the hash of a policy', () => {
  test('does not depend on the order of its keys', async () => {
    const policy = parsePolicy();
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.keys(policy), { minLength: 7, maxLength: 7 }), async (keys) => {
        const shuffled = Object.fromEntries(keys.map((key) => [key, policy[key as keyof Policy]])) as unknown as Policy;
        expect(await policyHash(shuffled)).toBe(await policyHash(policy));
      }),
      { numRuns: 20 },
    );
    const turned = {
      ...policy,
      amountClasses: policy.amountClasses.map(({ name, below }) => (below === undefined ? { name } : { below, name })),
    };
    expect(await policyHash(turned)).toBe(await policyHash(policy));
  });

  test.each<Partial<Policy>>([
    { statuses: ['Failed', 'Pending', 'Completed', 'Cancelled', 'Refunded'] },
    { terminalStatuses: ['Refunded'] },
    { maxRejectRate: 0.99 },
    { maxRecordBytes: 2048 },
    { decisions: 'all' },
    { amountClasses: [{ name: 'All' }] },
    { paymentTypes: ['cash'] },
  ])('changes with %j', async (change) => {
    expect(await policyHash({ ...parsePolicy(), ...change })).not.toBe(await policyHash(parsePolicy()));
  });

  test('has its public form', async () => {
    expect(await policyHash(parsePolicy())).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('is that of the defaults where nothing is said, in code as elsewhere', () => {
    expect(definePolicy()).toEqual(parsePolicy());
  });
});
