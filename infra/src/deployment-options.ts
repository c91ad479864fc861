import { PolicyError, type PolicyInput, parsePolicy } from '@weir/core';

/** What may differ between two deployments. */
export interface DeploymentOptions {
  /** Names this deployment among others of the same account: part of every name. */
  readonly stage: string;
  /** Who gets notices and alarms; undefined at synthesis only. */
  readonly email: string | undefined;
  /** RPU while the warehouse works; nothing is paid while it does not. */
  readonly baseCapacity: number;
  /** RPU that it may grow to. */
  readonly maxCapacity: number;
  /** RPU hours a day after which the warehouse takes no more queries until the next day. */
  readonly dailyRpuHours: number;
  /** Workers of a run of the Glue job, the driver's included. */
  readonly glueWorkers: number;
  /** What differs from the default policy of the rules. */
  readonly policy: PolicyInput;
  /** RETAIN, except for the last deployment before everything is deleted. */
  readonly dataRemoval: 'retain' | 'destroy';
}

export const OPTION_NAMES = [
  'stage',
  'email',
  'baseCapacity',
  'maxCapacity',
  'dailyRpuHours',
  'glueWorkers',
  'policy',
  'dataRemoval',
] as const satisfies readonly (keyof DeploymentOptions)[];

/** Reads the options from texts, as the command line and the context of CDK have them; what is missing gets its default. */
export function parseDeploymentOptions(given: Readonly<Record<string, unknown>>): DeploymentOptions {
  const baseCapacity = wholeNumber(given, 'baseCapacity', 8, { from: 4, to: 1024 });
  return {
    stage: text(given, 'stage', STAGE, 'a lower case letter and up to 15 more letters, digits and dashes') ?? 'prod',
    email: text(given, 'email', EMAIL, 'an e-mail address'),
    baseCapacity,
    maxCapacity: wholeNumber(given, 'maxCapacity', Math.max(32, baseCapacity), { from: baseCapacity, to: 1024 }),
    dailyRpuHours: wholeNumber(given, 'dailyRpuHours', 32, { from: 1, to: 24 * 1024 }),
    glueWorkers: wholeNumber(given, 'glueWorkers', 2, { from: 2, to: 100 }),
    policy: policyInput(given.policy ?? {}),
    dataRemoval: given.dataRemoval === 'destroy' ? 'destroy' : 'retain',
  };
}

const STAGE = /^[a-z][a-z0-9-]{0,15}$/;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

/** Functions get their configuration in the environment, which holds 4 KB in all. Bytes. */
const LARGEST_POLICY = 2500;

function policyInput(given: unknown): PolicyInput {
  try {
    parsePolicy(given as PolicyInput);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new Error(`The policy cannot be used. ${error.message}`);
  }
  const size = Buffer.byteLength(JSON.stringify(given));
  if (size > LARGEST_POLICY) {
    throw new Error(
      `The policy has ${size} bytes as JSON, but functions take at most ${LARGEST_POLICY}: shorten its lists.`,
    );
  }
  return given as PolicyInput;
}

function text(given: Readonly<Record<string, unknown>>, name: string, pattern: RegExp, meaning: string) {
  const value = given[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw new Error(`${name} is ${JSON.stringify(value)}, but it must be ${meaning}.`);
}

function wholeNumber(
  given: Readonly<Record<string, unknown>>,
  name: string,
  fallback: number,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const value = given[name] ?? fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new Error(`${name} is ${JSON.stringify(value)}, but it must be a whole number from ${from} to ${to}.`);
}
