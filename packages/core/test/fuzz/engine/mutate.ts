import type { Random } from './random.ts';

export interface MutationOptions {
  readonly random: Random;
  /** Bytes that mean something to the target. */
  readonly dictionary: readonly Uint8Array[];
  readonly maxBytes: number;
  /** Another input, to take parts from. */
  readonly other: () => Uint8Array;
}

type Mutation = (input: Uint8Array, options: MutationOptions) => Uint8Array;

/** Some small changes, one after the other. */
export function mutate(input: Uint8Array, options: MutationOptions): Uint8Array {
  const { random, maxBytes } = options;
  let mutated = input;
  for (let times = 1 + random.below(4); times > 0; times--) mutated = random.oneOf(MUTATIONS)(mutated, options);
  return mutated.subarray(0, maxBytes);
}

const insertWord: Mutation = (input, { random, dictionary }) =>
  insert(input, random.below(input.length + 1), random.oneOf(dictionary));

const overwriteWithWord: Mutation = (input, { random, dictionary }) => {
  const word = random.oneOf(dictionary);
  const at = random.below(input.length + 1);
  return replace(input, at, at + word.length, word);
};

/** Up to what fits: limits are reached by repetition, hardly by chance. */
const repeatPart: Mutation = (input, { random, maxBytes }) => {
  const [start, end] = anyRange(input, random, 16);
  if (start === end) return input;
  const most = Math.max(1, Math.floor((maxBytes - input.length) / (end - start)));
  const times = 1 + random.below(Math.min(most, 2 ** random.below(11)));
  const part = input.subarray(start, end);
  return insert(
    input,
    end,
    Uint8Array.from({ length: times * part.length }, (_, i) => part[i % part.length]!),
  );
};

const removePart: Mutation = (input, { random }) => {
  const [start, end] = anyRange(input, random, 64);
  return replace(input, start, end, new Uint8Array(0));
};

const insertByte: Mutation = (input, { random }) =>
  insert(input, random.below(input.length + 1), Uint8Array.of(random.below(256)));

const changeByte: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  return replaceByte(input, random.below(input.length), random.below(256));
};

/** To a neighbour: of bounds it is the next number that matters. */
const stepByte: Mutation = (input, { random }) => {
  if (input.length === 0) return input;
  const at = random.below(input.length);
  return replaceByte(input, at, input[at]! + random.oneOf([-1, 1]));
};

const copyPart: Mutation = (input, { random }) => {
  const [start, end] = anyRange(input, random, 64);
  return insert(input, random.below(input.length + 1), input.subarray(start, end));
};

const takeFromOther: Mutation = (input, { random, other }) => {
  const from = other();
  const [start, end] = anyRange(from, random, 128);
  return insert(input, random.below(input.length + 1), from.subarray(start, end));
};

const endLikeOther: Mutation = (input, { random, other }) => {
  const from = other();
  const tail = from.subarray(random.below(from.length + 1));
  return replace(input, random.below(input.length + 1), input.length, tail);
};

const MUTATIONS = [
  insertWord,
  insertWord,
  overwriteWithWord,
  repeatPart,
  removePart,
  removePart,
  insertByte,
  changeByte,
  stepByte,
  copyPart,
  takeFromOther,
  endLikeOther,
];

function anyRange(input: Uint8Array, random: Random, longest: number): readonly [start: number, end: number] {
  const start = random.below(input.length + 1);
  return [start, Math.min(input.length, start + 1 + random.below(longest))];
}

function insert(input: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  return replace(input, at, at, bytes);
}

function replaceByte(input: Uint8Array, at: number, byte: number): Uint8Array {
  return replace(input, at, at + 1, Uint8Array.of(byte));
}

function replace(input: Uint8Array, start: number, end: number, bytes: Uint8Array): Uint8Array {
  const rest = input.subarray(end);
  const result = new Uint8Array(start + bytes.length + rest.length);
  result.set(input.subarray(0, start));
  result.set(bytes, start);
  result.set(rest, start + bytes.length);
  return result;
}
