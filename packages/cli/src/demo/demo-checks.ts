import type { FactReader, IngestReport } from '@weir/core';
import type { ExpectedResult } from '@weir/datagen';
import { formatCounted } from '../output/format-amount.ts';
import type { DemoStory } from './demo-story.ts';
import { digestFacts } from './digest-facts.ts';

/** Compares the pipeline's results with the answer key, tells each comparison, and remembers what differed. */
export class DemoChecks {
  readonly differences: string[] = [];
  private readonly story: DemoStory;
  private readonly reader: FactReader;
  private lastDigest = '';

  constructor(story: DemoStory, reader: FactReader) {
    this.story = story;
    this.reader = reader;
  }

  /** The table is what the answer key says, fact for fact. */
  async table(expected: ExpectedResult, keyName: string): Promise<void> {
    const { facts, sha256 } = await digestFacts(this.reader);
    this.lastDigest = sha256;
    const isRight = facts === expected.facts && sha256 === expected.facts_sha256;
    const right = `the table holds ${formatCounted(facts, 'fact')}, exactly those of ${keyName} (sha256 ${sha256.slice(0, 12)}…)`;
    const wrong =
      `the table holds ${formatCounted(facts, 'fact')} with the digest ${sha256}, ` +
      `but ${keyName} says ${formatCounted(expected.facts, 'fact')} with ${expected.facts_sha256}`;
    this.conclude(isRight, isRight ? right : wrong);
  }

  /** The table is as it was before. */
  async untouched(): Promise<void> {
    const before = this.lastDigest;
    const { sha256 } = await digestFacts(this.reader);
    this.lastDigest = sha256;
    this.conclude(
      sha256 === before,
      sha256 === before ? 'the table is as it was, fact for fact' : 'the table has changed',
    );
  }

  async remember(): Promise<void> {
    this.lastDigest = (await digestFacts(this.reader)).sha256;
  }

  /** Every file that is read has as many rows and rejects as the answer key says. */
  counts({ files }: IngestReport, expected: ExpectedResult['files']): void {
    const wrong = files.filter(({ key, status, read, rejected }) => {
      const figures = expected[key];
      return status !== 'already-loaded' && (figures?.read !== read || figures.rejected !== rejected);
    });
    const subject = files.length === 1 ? 'rows and rejects are' : 'rows and rejects of every file are';
    const text =
      wrong.length === 0
        ? `${subject} as planted`
        : `rows or rejects differ in ${wrong.map(({ key }) => key).join(', ')}`;
    this.conclude(wrong.length === 0, text);
  }

  status({ files }: IngestReport, expected: 'loaded' | 'already-loaded'): void {
    const isRight = files.length === 1 && files[0]!.status === expected;
    if (!isRight) this.conclude(false, `the file should be ${expected}, but is ${files[0]?.status ?? 'not there'}`);
  }

  private conclude(isRight: boolean, text: string): void {
    this.story.check(isRight, text);
    if (!isRight) this.differences.push(text);
  }
}
