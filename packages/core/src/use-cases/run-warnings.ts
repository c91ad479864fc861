import type { FileToCommit } from '../ports/warehouse.port.ts';

const MOST_NAMES = 20;
const LONGEST_COLUMN_NAME = 64;

/** What a run did right, but somebody should look at: each kind once, in words. */
export class RunWarnings {
  private readonly sentences: string[] = [];
  private readonly ignoredColumns = new Set<string>();
  private readonly emptyFiles: string[] = [];

  add(sentence: string): void {
    this.sentences.push(sentence);
  }

  addFile({ key, status }: FileToCommit, ignoredColumns: readonly string[]): void {
    for (const column of ignoredColumns) this.ignoredColumns.add(column.slice(0, LONGEST_COLUMN_NAME));
    if (status === 'empty') this.emptyFiles.push(key);
  }

  list(): readonly string[] {
    const { ignoredColumns, emptyFiles } = this;
    const columns = `ignored columns that the rules do not know: ${listNames([...ignoredColumns])}`;
    const files = `${emptyFiles.length} file(s) hold no rows: ${listNames(emptyFiles)}`;
    return [
      ...this.sentences,
      ...(ignoredColumns.size > 0 ? [columns] : []),
      ...(emptyFiles.length > 0 ? [files] : []),
    ];
  }
}

/** Names come from outside: as JSON they cannot break a line of a log. */
function listNames(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  return `${first.join(', ')}${names.length > first.length ? ` and ${names.length - first.length} more` : ''}`;
}
