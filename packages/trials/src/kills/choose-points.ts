import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ExternalCall, KillPoint } from './kill-point.ts';

/**
 * Enough points to meet every state in which a run can be left: before each call that changes something, during each whose
 * change lasts, and after the last one. A process that is killed keeps nothing, so what it only read makes no difference.
 */
export function statesOf(calls: readonly ExternalCall[]): readonly KillPoint[] {
  const points = allPointsOf(calls).filter(({ call, moment }) => {
    const { changes, lasts } = calls[call - 1]!;
    return moment === 'before' ? changes : moment === 'during' && lasts;
  });
  return [...points, { call: calls.length, moment: 'after' }];
}

/** Also those that should make no difference. */
export function allPointsOf(calls: readonly ExternalCall[]): readonly KillPoint[] {
  return calls.flatMap((_, i) => (['before', 'during', 'after'] as const).map((moment) => ({ call: i + 1, moment })));
}

/** Some of them by chance, each once; all of them where there are no more. */
export function sample<Value>(values: readonly Value[], count: number, chance: Chance): readonly Value[] {
  const left = [...values];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(chance(left.length), 1)[0]!);
}

/** Gives whole numbers from 0 to below a limit. */
export type Chance = (limit: number) => number;

/** The same seed gives the same numbers. */
export function chanceOf(seed: number): Chance {
  const generator = xoroshiro128plus(seed);
  return (limit) => uniformInt(generator, 0, limit - 1);
}
