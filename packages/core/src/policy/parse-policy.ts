import { type Policy, type PolicyInput, policySchema } from './policy.ts';

/** The configuration is not a policy. Each problem names its key and what is allowed. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly problems: readonly PolicyProblem[];

  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(({ key, message }) => (key === '' ? message : `${key}: ${message}`)).join('; '));
    this.problems = problems;
  }
}

export interface PolicyProblem {
  /** Path of the key, such as `amountClasses.0.below`; empty for the whole. */
  readonly key: string;
  readonly message: string;
}

/** @throws PolicyError */
export function parsePolicy(input: unknown = {}): Policy {
  const result = policySchema.safeParse(input);
  if (result.success) return result.data;
  throw new PolicyError(result.error.issues.map(toProblem));
}

/** For code: the same as `parsePolicy`, with the keys checked by the compiler. */
export function definePolicy(input: PolicyInput = {}): Policy {
  return parsePolicy(input);
}

type Issue = { readonly code?: string; readonly path: readonly PropertyKey[]; readonly message: string };

function toProblem(issue: Issue): PolicyProblem {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const allowed = Object.keys(policySchema.shape).join(', ');
    const unknown = (issue as Issue & { keys: string[] }).keys.join(', ');
    return {
      key: key === '' ? unknown : `${key}.${unknown}`,
      message: `is no such key; allowed: ${key === '' ? allowed : 'name, below'}`,
    };
  }
  return { key, message: issue.message };
}
