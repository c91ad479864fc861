import type { IngestReport } from '@weir/core';
import { describeBooks, sumRejects } from '@weir/core/text';
import { drawRejects } from '../output/draw-books.ts';
import { formatCounted, formatDuration } from '../output/format-amount.ts';
import type { Screen } from '../output/screen.ts';
import { wrapText } from '../output/wrap-text.ts';

const INDENT = '   ';
const MOST_WIDTH = 100;
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
    for (const line of wrapText(lines.join(' '), this.width())) this.screen.narrate(`${INDENT}${dim(line)}`);
    this.screen.narrate();
  }

  tell(text: string): void {
    for (const line of wrapText(text, this.width())) this.screen.narrate(`${INDENT}${line}`);
  }

  check(isRight: boolean, text: string): void {
    const { green, red } = this.screen.colors;
    const [first = '', ...rest] = wrapText(text, this.width() - 2);
    this.screen.narrate(`${INDENT}${isRight ? green('✓') : red('✗')} ${first}`);
    for (const line of rest) this.screen.narrate(`${INDENT}  ${line}`);
  }

  /** The books in one or two lines, and why rows were rejected. */
  books({ totals, files }: IngestReport, took: number, withReasons = false): void {
    const statuses = new Map<string, number>();
    for (const { status } of files) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const outcome = [...statuses].map(([status, count]) => `${formatCounted(count, 'file')} ${status}`).join(', ');
    this.tell(`${outcome}, in ${formatDuration(took)}`);
    if (totals.read > 0) this.tell(describeBooks(totals));
    if (withReasons && totals.rejected > 0) this.reasons(files);
  }

  private width(): number {
    return Math.min(this.screen.width, MOST_WIDTH) - INDENT.length;
  }

  private reasons(files: IngestReport['files']): void {
    const reasons = drawRejects(sumRejects(files));
    const more = reasons.length > MOST_CODES ? `, and ${reasons.length - MOST_CODES} other reasons` : '';
    const told = reasons.slice(0, MOST_CODES).map((reason) => reason.trim().replace(/\s+/, ' '));
    this.tell(`rejected for: ${told.join(', ')}${more}`);
  }
}
