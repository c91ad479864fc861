import { expect } from '@jest/globals';

/** Planted where people's data and secrets come in, and looked for wherever something is told. */
export const CANARY = {
  email: 'canary.mail@canary-example.org',
  firstName: 'Canaryfirst',
  lastName: 'Canarylast',
  password: 'Canarypass-1',
};

/** Also a part of one, or one that was written another way: each holds this word. */
const ANY = /canary/i;

/** Base64 hides the word at each of three places. */
const ENCODED = [0, 1, 2].map((pad) =>
  Buffer.from(`${' '.repeat(pad)}canary`)
    .toString('base64')
    .slice(pad === 0 ? 0 : 4, -4),
);

/** Every place where a canary stands, with what stands around it. */
export function findCanaries(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const at = [line.search(ANY), ...ENCODED.map((code) => line.indexOf(code))].filter((place) => place >= 0);
    return at.length === 0 ? [] : [line.slice(Math.max(0, Math.min(...at) - 80), Math.min(...at) + 80)];
  });
}

/** @param told by the name of the place */
export function expectNoCanary(told: ReadonlyMap<string, string>): void {
  const found = [...told].flatMap(([place, text]) => findCanaries(text).map((line) => `${place}: ${line}`));
  expect(found).toEqual([]);
}
