import { beforeEach, expect, test } from '@jest/globals';
import { askSparingly } from '../src/dashboard/ask-sparingly.ts';

let now: number;
let asked: number;
let answers: PromiseWithResolvers<number>[];
let ask: () => Promise<number>;

beforeEach(() => {
  [now, asked, answers] = [1000, 0, []];
  ask = askSparingly(
    () => {
      asked += 1;
      const answer = Promise.withResolvers<number>();
      answers.push(answer);
      return answer.promise;
    },
    () => now,
  );
});

test('who asks while an answer is on its way gets that one', async () => {
  const both = Promise.all([ask(), ask()]);
  answers[0]!.resolve(7);
  expect(await both).toEqual([7, 7]);
  expect(asked).toBe(1);
});

test('an answer that took 3 ms counts for 30 ms', async () => {
  const first = ask();
  now += 3;
  answers[0]!.resolve(7);
  await first;
  now += 29;
  expect(await ask()).toBe(7);
  now += 1;
  const second = ask();
  answers[1]!.resolve(8);
  expect(await second).toBe(8);
  expect(asked).toBe(2);
});

test('a failure is told to those who wait for it, and to nobody else', async () => {
  const both = [ask(), ask()];
  answers[0]!.reject(new Error('The database is gone.'));
  await expect(both[0]).rejects.toThrow('gone');
  await expect(both[1]).rejects.toThrow('gone');
  const next = ask();
  answers[1]!.resolve(8);
  expect(await next).toBe(8);
});
