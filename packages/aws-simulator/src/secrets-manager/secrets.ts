import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PUNCTUATION = '!#$%&()*+,-.:;<=>?[]^_{|}~';

/** As a template has it. */
export interface SecretGeneration {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
  readonly PasswordLength?: number | string;
  readonly ExcludePunctuation?: boolean | string;
}

/** What Secrets Manager keeps, by ARN: the newest version of each. */
export class Secrets {
  readonly #texts = new Map<string, string>();

  /** A secret that is there keeps what it holds, as at an update of its stack. */
  create(arn: string, text: string): void {
    if (!this.#texts.has(arn)) this.#texts.set(arn, text);
  }

  put(arn: string, text: string): void {
    this.#texts.set(arn, text);
  }

  /** undefined where there is none */
  read(arn: string): string | undefined {
    return this.#texts.get(arn);
  }
}

/** The text of a secret that is made up: a password alone, or in its place in the template. */
export function generateSecret(generation: SecretGeneration): string {
  const { SecretStringTemplate, GenerateStringKey, PasswordLength = 32, ExcludePunctuation } = generation;
  const characters = `${LETTERS}${DIGITS}${String(ExcludePunctuation) === 'true' ? '' : PUNCTUATION}`;
  const pick = (from: string) => from[randomInt(from.length)]!;
  // One of each kind at least, as RequireEachIncludedType has it where it is left out.
  const first = `${pick(LETTERS.slice(0, 26))}${pick(LETTERS.slice(26))}${pick(DIGITS)}`;
  const rest = Array.from({ length: Number(PasswordLength) - first.length }, () => pick(characters)).join('');
  if (SecretStringTemplate === undefined || GenerateStringKey === undefined) return first + rest;
  return JSON.stringify({ ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: first + rest });
}
