import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureSideBySide } from './measure-side-by-side.ts';
import { writeReport } from './report.ts';
import { runProcess } from './run-process.ts';
import { median } from './statistics.ts';
import type { Subject } from './subject.ts';
import { isReached, type Target } from './target.ts';

const node = (program: string) => ({ program: process.execPath, args: ['--eval', program] });

test('a median is the middle one, or between the two middle ones', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.throws(() => median([]));
});

test('a target is reached at its limit, but "under" only below it', () => {
  const target: Target = { what: '', value: 2, limit: 2, bound: 'at least', unit: 'x' };

  assert.equal(isReached(target), true);
  assert.equal(isReached({ ...target, value: 1.99 }), false);
  assert.equal(isReached({ ...target, bound: 'at most' }), true);
  assert.equal(isReached({ ...target, bound: 'at most', value: 2.01 }), false);
  assert.equal(isReached({ ...target, bound: 'under' }), false);
  assert.equal(isReached({ ...target, bound: 'under', value: 1.99 }), true);
});

test('the peak of a process holds what it allocated, and that of its children where they count', async () => {
  const big = 'const a = Buffer.alloc(200e6, 1); setTimeout(() => console.log(a.length), 300)';
  const parent = `require('node:child_process').spawnSync(process.execPath, ['--eval', ${JSON.stringify(big)}])`;

  assert.ok((await runProcess(node(big))).peak > 200);
  assert.ok((await runProcess(node(parent), true)).peak > 200);
  assert.ok((await runProcess(node(parent))).peak < 200);
});

test('a process that fails is an error with its last words', async () => {
  await assert.rejects(runProcess(node("console.error('no disk'); process.exit(3)")), /ended with 3:\nno disk/);
});

test('each round runs every subject once, and each comes first in turn', async () => {
  const order: string[] = [];
  const subject = (name: string): Subject<string> => ({
    name,
    reset: async () => void order.push(name),
    command: () => node(''),
  });
  const subjects = [subject('a'), subject('b')];

  const measured = await measureSideBySide({ title: 't', subjects, jobOf: () => '', rounds: 2 });

  assert.deepEqual(order, ['a', 'b', 'b', 'a']);
  assert.deepEqual(
    measured.map(({ name }) => name),
    ['a', 'b'],
  );
});

test('the report says of each target whether it is reached, and compares with the first of a table', () => {
  const one = { name: 'fast', seconds: 1, peak: 100, fastest: 0.9, slowest: 1.1 };
  const target: Target = { what: 'twice as fast', value: 1.5, limit: 2, bound: 'at least', unit: 'x' };
  const table = { title: 'A job', measured: [one, { ...one, name: 'slow', seconds: 1.5 }] };

  const report = writeReport([{ tables: [table], targets: [target] }]);

  assert.match(report, /\| twice as fast \| at least 2.00 x \| 1.50 x {3}\| \*\*no\*\* {2}\|/);
  assert.match(report, /\| slow \| 1.50 {4}\| 0.90 to 1.10 \| 1.50 /);
});
