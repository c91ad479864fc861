import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '@weir/core';
import fc from 'fast-check';
import {
  type Dialect,
  decidePart,
  planCommit,
  planUndo,
  recordFailedRun,
  type Statement,
  selectCommittedHashes,
  selectDecisions,
  selectFact,
  selectFiles,
  selectFilesOfRun,
  selectRun,
  selectRuns,
  selectTotals,
  selectUndoSteps,
  selectUser,
} from '../src/index.ts';
import { tokenizeStatements } from '../src/testing/tokenize-sql.ts';

/** What can stand in a name, an id, a message: no NUL, which is refused, and not empty, which Redshift's parameters cannot be. */
const nasty = fc.constantFrom(
  `'`,
  `''`,
  `"`,
  '\\',
  ';',
  '--',
  '/*',
  '*/',
  '$1',
  '$$',
  ':a',
  '?',
  ' ',
  '\n',
  'a',
  '\u2019',
);
const text = fc
  .oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.array(nasty, { minLength: 1 }).map((parts) => parts.join('')),
  )
  .filter((value) => !value.includes('\0') && value.isWellFormed());

/** Every statement of this package that is given a text of others. */
function statementsWith([runId, key, other, message]: readonly [string, string, string, string], dialect: Dialect) {
  const run = { runId, startedAt: 0, committedAt: 1, policy: parsePolicy({ decisions: 'all' }), policyHash: other };
  const { prepare, decide, change, record } = planCommit({ ...run, warnings: [message] }, dialect);
  return [
    ...[...prepare, ...decide, ...change, ...record],
    selectCommittedHashes([key, other], dialect),
    selectRun(runId, dialect),
    selectRuns({ limit: 10, before: { startedAt: 1, runId } }, dialect),
    selectFiles({ limit: 10, after: { sourceDay: '2023-03-15', key, runId } }, dialect),
    selectFact(key, dialect),
    selectDecisions(key, dialect),
    ...planUndo({ runId, undoneAt: 1, policy: run.policy, deleted: 0, restored: 0 }, dialect).filter(
      ({ name }) => name !== 'stage-undo-steps',
    ),
    selectFilesOfRun(runId, dialect),
    selectTotals({ runId }, dialect),
    recordFailedRun({ runId, startedAt: 0, failedAt: 1, policyHash: other, error: message }, dialect),
    ...(dialect === 'redshift' ? [selectUser(key)] : []),
  ];
}

const textsOf = (statements: readonly Statement[]) => statements.map((statement) => statement.text);

/** What a statement is made of, without what stands in its literals; `E'...'` and the pieces around CHR(92) are literals. */
function shapeOf({ text: sql }: Statement): string {
  const statements = tokenizeStatements(sql);
  expect(statements).toHaveLength(1);
  return statements[0]!
    .map((token) => (token.kind === 'string' ? 'LITERAL' : token.text))
    .join(' ')
    .replaceAll(/\( LITERAL(?: \|\| chr \( 92 \)(?: \|\| LITERAL)?)+ \)/g, 'LITERAL');
}

describe.each<Dialect>(['postgres', 'redshift'])('statements for %s', (dialect) => {
  const plain = textsOf(statementsWith(['run', 'key', 'other', 'message'], dialect));

  test('have the same text whatever names, ids, hashes and messages say: these travel beside it', () => {
    fc.assert(
      fc.property(text, text, text, text, (...values) => {
        expect(textsOf(statementsWith(values, dialect))).toEqual(plain);
      }),
      { numRuns: 500 },
    );
  });

  test('are made of the same parts whatever the words of the policy say', () => {
    const word = text.filter((value) => value.trim() !== '' && value.length <= 32 && !/\p{Cc}/u.test(value));
    const words = fc.uniqueArray(word, {
      minLength: 3,
      maxLength: 3,
      selector: (value) => value.trim().toLowerCase().replace(/\s+/g, ' '),
    });
    const shapes = (statuses: readonly string[]) => {
      const policy = parsePolicy({ statuses, terminalStatuses: statuses.slice(1), decisions: 'all' });
      const run = { runId: 'run', startedAt: 0, committedAt: 1, policy, policyHash: 'p', warnings: [] };
      const { prepare, decide, change, record } = planCommit(run, dialect);
      return [...prepare, ...decide, ...change, ...record].map(shapeOf);
    };
    const expected = shapes(['Open', 'Paid', 'Gone']);
    fc.assert(
      fc.property(words, (statuses) => expect(shapes(statuses)).toEqual(expected)),
      { numRuns: 300 },
    );
  });
});

test('the ids at which a load is parted for two connections stay literals, whatever they are', () => {
  const part = (from: string, below: string) => shapeOf(decidePart(parsePolicy(), { table: 'part', from, below }));
  const expected = part('T-1', 'T-2');
  fc.assert(
    fc.property(text, text, (from, below) => expect(part(from, below)).toBe(expected)),
    { numRuns: 500 },
  );
});

test.each<Dialect>(['postgres', 'redshift'])(
  'the id of a run that is undone stays a literal on %s where it cannot travel beside the text',
  (dialect) => {
    const policy = parsePolicy();
    const shapes = (runId: string) =>
      [
        selectUndoSteps(runId, policy, dialect),
        ...planUndo({ runId, undoneAt: 1, policy, deleted: 0, restored: 0 }, dialect),
      ].map(shapeOf);
    const expected = shapes('run-1');
    fc.assert(
      fc.property(text, (runId) => expect(shapes(runId)).toEqual(expected)),
      { numRuns: 300 },
    );
  },
);
