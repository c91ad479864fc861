import assert from 'node:assert/strict';
import type { FileClaim, LandedFile } from '@weir/core';
import type { Contract } from '../contract.ts';
import { assertSame, buildFile } from './build-run.ts';
import type { RunLedgerSubject } from './run-ledger-subject.ts';

const MANY = 1205;

/** A claim: a file version belongs to one run at a time. */
export const CLAIM_CLAUSES: Contract<RunLedgerSubject>['clauses'] = {
  'knows no claim of a file version that nobody claimed': async ({ ledger }) => {
    assertSame(await ledger.claims([buildFile('a.csv')]), [undefined]);
    await ledger.claim('run-1', [buildFile('a.csv')]);
    assert.deepEqual(await ledger.claims([buildFile('a.csv', 'v:2'), buildFile('A.csv')]), [undefined, undefined]);
    assert.deepEqual(await ledger.claims([]), []);
    assert.deepEqual(await ledger.claim('run-1', []), []);
  },

  'claims each file version for the run that comes first': async ({ ledger }) => {
    const [a, b, c] = ['a.csv', 'b.csv', 'c.csv'].map((key) => buildFile(key));
    assertClaims(await ledger.claim('run-1', [b!, a!]), [held(b!, 'run-1'), held(a!, 'run-1')]);
    const second = [held(a!, 'run-1'), held(c!, 'run-2'), held(b!, 'run-1')];
    assertClaims(await ledger.claim('run-2', [a!, c!, b!]), second);
    assertClaims(await ledger.claims([a!, c!, b!]), second);
  },

  'gives a run what it has already when it claims again, as the same attempt': async ({ ledger }) => {
    const file = buildFile('a.csv');
    for (let i = 0; i < 3; i++) assertClaims(await ledger.claim('run-1', [file]), [held(file, 'run-1')]);
  },

  'takes versions of one key for different files': async ({ ledger }) => {
    const [one, two] = [buildFile('a.csv', 'v:1'), buildFile('a.csv', 'v:2')];
    await ledger.claim('run-1', [one]);
    assertClaims(await ledger.claim('run-2', [two, one]), [held(two, 'run-2'), held(one, 'run-1')]);
  },

  'gives a file version to one of several that claim it at the same time': async ({ ledger }) => {
    const files = Array.from({ length: 8 }, (_, i) => buildFile(`${i}.csv`));
    const runs = ['run-1', 'run-2', 'run-3', 'run-4', 'run-5'];
    const answers = await Promise.all(
      runs.map((runId, i) => ledger.claim(runId, i % 2 === 0 ? files : files.toReversed())),
    );
    const stored = await ledger.claims(files);
    for (const [i, file] of files.entries()) {
      const holder = stored[i]!.runId;
      assert.ok(runs.includes(holder!), `${file.key} is held by ${holder}`);
      for (const claims of answers) {
        assert.equal(
          claims.find((claim) => claim.file.key === file.key)?.runId,
          holder,
          'all are told the same holder',
        );
      }
    }
  },

  'frees what the run holds, and remembers that it was tried': async ({ ledger }) => {
    const [a, b] = [buildFile('a.csv'), buildFile('b.csv')];
    await ledger.claim('run-1', [a, b]);
    await ledger.release('run-1', [a]);
    assertClaims(await ledger.claims([a, b]), [{ file: a, runId: undefined, attempt: 1 }, held(b, 'run-1')]);
    await ledger.release('run-1', [a]);
    assertClaims(await ledger.claims([a]), [{ file: a, runId: undefined, attempt: 1 }]);
  },

  'frees nothing that another run holds, or that nobody claimed': async ({ ledger }) => {
    const [a, b] = [buildFile('a.csv'), buildFile('b.csv')];
    await ledger.claim('run-1', [a]);
    await ledger.release('run-2', [a, b]);
    assertSame(await ledger.claims([a, b]), [held(a, 'run-1'), undefined]);
  },

  'counts the runs that claimed a file version': async ({ ledger }) => {
    const file = buildFile('a.csv');
    for (let attempt = 1; attempt <= 4; attempt++) {
      assertClaims(await ledger.claim(`run-${attempt}`, [file]), [{ file, runId: `run-${attempt}`, attempt }]);
      await ledger.release(`run-${attempt}`, [file]);
    }
    assertClaims(await ledger.claims([file]), [{ file, runId: undefined, attempt: 4 }]);
  },

  'counts a run once more that claims what it had freed': async ({ ledger }) => {
    const file = buildFile('a.csv');
    await ledger.claim('run-1', [file]);
    await ledger.release('run-1', [file]);
    assertClaims(await ledger.claim('run-1', [file]), [held(file, 'run-1', 2)]);
  },

  'gives a freed file version to one of several': async ({ ledger }) => {
    const file = buildFile('a.csv');
    await ledger.claim('run-0', [file]);
    await ledger.release('run-0', [file]);
    const runs = ['run-1', 'run-2', 'run-3', 'run-4'];
    const answers = await Promise.all(runs.map((runId) => ledger.claim(runId, [file])));
    const [stored] = await ledger.claims([file]);
    assert.equal(stored!.attempt, 2);
    for (const [claim] of answers) assert.equal(claim!.runId, stored!.runId);
  },

  'keeps odd keys and versions apart': async ({ ledger }) => {
    const files = ODD_FILES.map(([key, version]) => buildFile(key!, version));
    for (const [i, file] of files.entries()) {
      assertClaims(await ledger.claim(`run-${i}`, [file]), [held(file, `run-${i}`)]);
    }
    assertClaims(
      await ledger.claims(files),
      files.map((file, i) => held(file, `run-${i}`)),
    );
  },

  'claims and tells many at once': async ({ ledger }) => {
    const files = Array.from({ length: MANY }, (_, i) => buildFile(`day=${i % 30}/${i}.csv`));
    await ledger.claim('run-0', files.slice(5, 6));
    const expected = files.map((file, i) => held(file, i === 5 ? 'run-0' : 'run-1'));
    assertClaims(await ledger.claim('run-1', files), expected);
    assertClaims(await ledger.claims(files), expected);
  },
};

/** Pairs that fall together where texts are joined, folded, cut or escaped carelessly. */
const ODD_FILES = [
  ['a/b', 'c'],
  ['a', 'b/c'],
  ['a', '/b/c'],
  ['a/', 'b/c'],
  ['ab', 'c'],
  ['a', 'bc'],
  ['A', 'bc'],
  ['a b', '+'],
  ['a+b', ' '],
  ['a%20b', '+'],
  ['é', '1'],
  ['e\u0301', '1'],
  ['\u{1f600}', '1'],
  ['..', '..'],
  ['x'.repeat(1024), 'v'.repeat(1024)],
  [`${'x'.repeat(1023)}y`, 'v'.repeat(1024)],
];

function held(file: LandedFile, runId: string, attempt = 1): FileClaim {
  return { file, runId, attempt };
}

function assertClaims(actual: readonly (FileClaim | undefined)[], expected: readonly FileClaim[]): void {
  assertSame(actual, expected);
}
