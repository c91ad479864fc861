import { csvLine } from './csv-line.ts';
import { firstNames, lastNames } from './customer-vocabulary.ts';
import { below, mix } from './draw.ts';
import { type Identifier, identifierFor } from './identifier.ts';
import type { LongTail } from './long-tail.ts';

export const membershipLevels = ['Bronze', 'Silver', 'Gold', 'Platinum'] as const;

const LEVEL_SALT = 0x4c6e1d35;
const NAME_SALT = 0x2b7f90e3;
const FIRST_MAILBOXES = firstNames.map(asciiOf);
const LAST_MAILBOXES = lastNames.map(asciiOf);

/** The customer dimension as functions of the index: ten million customers need no memory. */
export class CustomerBase {
  readonly identifier: Identifier;
  readonly count: number;
  readonly #popularity: LongTail;
  readonly #seed: number;

  constructor(count: number, popularity: LongTail, seed: number) {
    this.identifier = identifierFor('C', count);
    this.count = count;
    this.#popularity = popularity;
    this.#seed = seed;
  }

  /** Index into `membershipLevels`. Who buys more often tends to be on a higher level. */
  levelOf(index: number): number {
    const standing = this.#popularity.rankOf(index) / this.count;
    const luck = mix((index ^ this.#seed) + LEVEL_SALT) * 2 ** -32;
    const score = standing * 0.6 + luck * 0.4;
    if (score < 0.12) return 3;
    if (score < 0.28) return 2;
    return score < 0.52 ? 1 : 0;
  }

  /** A line of `customers.csv` with its line feed. */
  line(index: number): string {
    const draw = mix((index ^ this.#seed) + NAME_SALT);
    const first = below(draw, firstNames.length);
    const last = below(mix(draw), lastNames.length);
    const mailbox = `${FIRST_MAILBOXES[first]}.${LAST_MAILBOXES[last]}${index + 1}`;
    const level = membershipLevels[this.levelOf(index)] as string;
    const names = [firstNames[first] as string, lastNames[last] as string];
    return csvLine([this.identifier.text(index), ...names, `${mailbox}@example.com`, level]);
  }
}

function asciiOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
