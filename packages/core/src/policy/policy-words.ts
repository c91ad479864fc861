import type { DEFAULT_AMOUNT_CLASSES, DEFAULT_PAYMENT_TYPES, DEFAULT_STATUSES, PolicyInput } from './policy.ts';

/** The words of a policy as types: unions of literals where the policy is written in code, else `string`. */
export interface PolicyWords {
  readonly paymentType: string;
  readonly status: string;
  readonly amountClass: string;
}

/** A policy as it is written in code: every key is optional. */
export type PolicyDefinition = Immutable<PolicyInput>;

/** The words that a definition lists; those of the default policy for each list that it leaves out. */
export interface WordsOf<Definition extends PolicyDefinition> extends PolicyWords {
  readonly paymentType: Listed<Definition, 'paymentTypes', (typeof DEFAULT_PAYMENT_TYPES)[number]>;
  readonly status: Listed<Definition, 'statuses', (typeof DEFAULT_STATUSES)[number]>;
  readonly amountClass: 'amountClasses' extends keyof Definition
    ? Definition['amountClasses'] extends readonly { readonly name: infer Name extends string }[]
      ? Name
      : string
    : (typeof DEFAULT_AMOUNT_CLASSES)[number]['name'];
}

type Listed<Definition, Key extends string, Default> = Key extends keyof Definition
  ? Definition[Key] extends readonly (infer Word extends string)[]
    ? Word
    : string
  : Default;

type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value;
