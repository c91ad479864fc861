import * as z from 'zod';
import { foldWord } from './fold-word.ts';

/** Hundredths of the currency, exact. */
const money = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,2})?$/, 'must be an amount such as "100.00"')
  .describe('An amount in digits, at most two after the point.');

const word = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(32, 'must have at most 32 characters')
  .regex(/^[^\p{Cc}]*$/u, 'must not hold control characters');

const wordList = z.array(word).min(1, 'must list at least one').max(100, 'must list at most 100').refine(isDistinct, {
  message: 'must not list the same word twice (letter case is ignored)',
});

const amountClasses = z
  .array(z.strictObject({ name: word, below: money.optional() }))
  .min(1, 'must list at least one class')
  .superRefine((classes, context) => {
    const bounds = classes.map((entry) => entry.below);
    const ordered = bounds.slice(1, -1).every((bound, i) => Number(bound) > Number(bounds[i]));
    if (bounds.slice(0, -1).includes(undefined) || bounds.at(-1) !== undefined || !ordered) {
      context.addIssue({ code: 'custom', message: 'must have rising "below" bounds, and none on the last class' });
    }
  });

export const DEFAULT_PAYMENT_TYPES = [
  'Credit Card',
  'Debit Card',
  'PayPal',
  'Bank Transfer',
  'Gift Card',
  'Cash',
] as const;
export const DEFAULT_STATUSES = ['Pending', 'Failed', 'Completed', 'Cancelled', 'Refunded'] as const;
export const DEFAULT_AMOUNT_CLASSES = [
  { name: 'Small', below: '100.00' },
  { name: 'Medium', below: '500.00' },
  { name: 'Large' },
] as const;

/** The configuration of the rules. Every key has a default; unknown keys are errors. */
export const policySchema = z
  .strictObject({
    paymentTypes: wordList
      .default([...DEFAULT_PAYMENT_TYPES])
      .describe('Payment types that are known, in the spelling that is stored.'),
    statuses: wordList
      .default([...DEFAULT_STATUSES])
      .describe('The life of a transaction, lowest rank first. Of two rows of one day the higher rank wins.'),
    terminalStatuses: z
      .array(word)
      .default([])
      .describe('Statuses that no later date overrides; compared before the date.'),
    amountClasses: amountClasses
      .default([...DEFAULT_AMOUNT_CLASSES])
      .describe('Classes of the total amount by their upper bounds.'),
    maxRejectRate: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('A file with a larger share of rejected rows is refused as a whole; 1 turns this off.'),
    maxRecordBytes: z
      .int()
      .min(1024)
      .max(16 * 1024 * 1024)
      .default(1024 * 1024)
      .describe('A longer record is rejected. Bytes.'),
    decisions: z
      .enum(['all', 'changes', 'none'])
      .default('changes')
      .describe('Which decisions are kept: all, all but inserted and unchanged rows, or none.'),
  })
  .superRefine((policy, context) => {
    const known = new Set(policy.statuses.map(foldWord));
    policy.terminalStatuses.forEach((status, i) => {
      if (!known.has(foldWord(status))) {
        context.addIssue({
          code: 'custom',
          path: ['terminalStatuses', i],
          message: `must be one of the statuses: ${policy.statuses.join(', ')}`,
        });
      }
    });
  });

export type Policy = Readonly<z.output<typeof policySchema>>;
export type PolicyInput = z.input<typeof policySchema>;

function isDistinct(words: readonly string[]): boolean {
  return new Set(words.map(foldWord)).size === words.length;
}
