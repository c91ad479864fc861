import type { IngestReport } from '@weir/core';
import { addRejects, drawRejects } from '../output/draw-books.ts';
import { formatCount, formatCounted, formatDuration } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';

const VERDICTS = ['inserted', 'updated', 'unchanged', 'stale', 'duplicate', 'rejected'] as const;
const MOST_CODES = 5;

/** Tells the demo step by step, in plain words. */
export class DemoStory {
  private readonly screen: Screen;
  private chapter = 0;

  constructor(screen: Screen) {
    this.screen = screen;
  }

  title(text: string): void {
    const { bold } = this.screen.colors;
    this.screen.narrate(bold(text));
  }

  /** @param lines what happens here, for somebody who sees it for the first time */
  begin(heading: string, ...lines: readonly string[]): void {
    const { bold, cyan, dim } = this.screen.colors;
    this.screen.narrate();
    this.screen.narrate(`${cyan(bold(`${++this.chapter}`))}  ${bold(heading)}`);
    for (const line of lines) this.screen.narrate(dim(`   ${line}`));
  }

  tell(text: string): void {
    this.screen.narrate(`   ${text}`);
  }

  check(isRight: boolean, text: string): void {
    const { green, red } = this.screen.colors;
    this.tell(`${isRight ? green('✓') : red('✗')} ${text}`);
  }

  /** The books in one or two lines, and why rows were rejected. */
  books({ totals, files }: IngestReport, took: number, withReasons = false): void {
    const parts = VERDICTS.filter((verdict) => totals[verdict] > 0);
    const sum = parts.map((verdict) => `${formatCount(totals[verdict])} ${verdict}`).join(' + ') || '0';
    const statuses = new Map<string, number>();
    for (const { status } of files) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const outcome = [...statuses].map(([status, count]) => `${formatCounted(count, 'file')} ${status}`).join(', ');
    this.tell(`${outcome} in ${formatDuration(took)}`);
    this.tell(`${formatCounted(totals.read, 'row')} read = ${sum}`);
    if (withReasons && totals.rejected > 0) this.reasons(files);
  }

  private reasons(files: IngestReport['files']): void {
    const reasons = drawRejects(addRejects(files));
    const more = reasons.length > MOST_CODES ? `, and ${reasons.length - MOST_CODES} other reasons` : '';
    const told = reasons.slice(0, MOST_CODES).map((reason) => reason.trim().replace(/\s+/, ' '));
    this.tell(`rejected for: ${told.join(', ')}${more}`);
  }
}
