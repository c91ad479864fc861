import { DatabaseFault } from '../database/database-fault.ts';
import { insert, isWord, type Token } from './tokenize.ts';

const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/;
const END = insert('end of statement');

/** Reads the options of COPY and UNLOAD one after the other. */
export class OptionReader {
  readonly #tokens: readonly Token[];
  #at: number;

  constructor(tokens: readonly Token[], at: number) {
    this.#tokens = tokens;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Takes the next token where it is one of these words. */
  takeWord(...words: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (!isWord(token, ...words)) return undefined;
    this.#at++;
    return token!.value;
  }

  /** A string, after an optional AS. */
  takeString(): string {
    this.takeWord('as');
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'string') this.refuse();
    this.#at++;
    return token!.value;
  }

  /** A number, after an optional AS. */
  takeNumber(): number {
    this.takeWord('as');
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'number') this.refuse();
    this.#at++;
    return Number(token!.text);
  }

  /** ON, OFF, TRUE or FALSE; ON where none stands there. */
  takeSwitch(): boolean {
    const word = this.takeWord('on', 'off', 'true', 'false');
    return word !== 'off' && word !== 'false';
  }

  /** The name of the role that IAM_ROLE gives. */
  takeRole(): string {
    if (this.takeWord('default')) return 'default';
    const role = this.takeString();
    if (ROLE.test(role)) return role;
    throw new DatabaseFault('XX000', `Invalid credentials. Must be of the format: IAM_ROLE '<arn>', not '${role}'`);
  }

  refuse(): never {
    const token = this.#tokens[this.#at] ?? END;
    throw new DatabaseFault('42601', `syntax error at or near "${token.text}"`, token.at + 1);
  }
}

/** @throws DatabaseFault for an address that is not one of S3 */
export function parseS3Address(address: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(address) ?? [];
  if (bucket === undefined) throw new DatabaseFault('XX000', `The S3 path "${address}" is not valid.`);
  return { bucket, key: key! };
}
