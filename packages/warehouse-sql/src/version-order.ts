import { foldWord, type Policy, VERSION_FIELDS, type VersionField } from '@weir/core';
import { DIALECTS, type Dialect } from './dialect.ts';
import { quoteLiteral } from './quote-literal.ts';

/** One field of a version as an expression over a row. */
interface VersionTerm {
  readonly field: VersionField;
  of(row: string): string;
}

/** The order of versions (`compareVersions` in core) as SQL over rows with the columns of a version and `status`. */
export class VersionOrder {
  readonly #terms: readonly VersionTerm[];

  constructor(policy: Policy, dialect: Dialect) {
    this.#terms = VERSION_FIELDS.flatMap((field) => toTerm(field, policy, dialect) ?? []);
  }

  /** The greatest version first. */
  descending(row: string): string {
    return this.#terms.map((term) => `${term.of(row)} DESC`).join(', ');
  }

  /** The place of the field that decides, from 1; negative where the left version is the smaller one, 0 for equal ones. */
  compare(left: string, right: string): string {
    const branches = this.#terms.map(
      (term, i) =>
        `WHEN ${term.of(left)} > ${term.of(right)} THEN ${i + 1} WHEN ${term.of(left)} < ${term.of(right)} THEN ${-(i + 1)}`,
    );
    return `CASE ${branches.join('\n      ')}\n      ELSE 0 END`;
  }

  /** The name of the field at a place that `compare` gave; NULL for equal versions. */
  nameOf(compared: string): string {
    const branches = this.#terms.map(({ field }, i) => `WHEN ${i + 1} THEN '${field}'`);
    return `CASE ABS(${compared}) ${branches.join(' ')} END`;
  }
}

function toTerm(field: VersionField, policy: Policy, dialect: Dialect): VersionTerm | undefined {
  if (field === 'source_key') return { field, of: (row) => DIALECTS[dialect].exactText(`${row}.source_key`) };
  if (field !== 'terminal') return { field, of: (row) => `${row}.${field}` };
  const terminal = listTerminalStatuses(policy);
  if (terminal.length === 0) return undefined;
  const list = terminal.map((status) => quoteLiteral(status, dialect)).join(', ');
  return { field, of: (row) => `CASE WHEN ${row}.status IN (${list}) THEN 1 ELSE 0 END` };
}

/** In the spelling in which rows hold them, which is that of the list of all statuses. */
function listTerminalStatuses({ statuses, terminalStatuses }: Policy): readonly string[] {
  const terminal = new Set(terminalStatuses.map(foldWord));
  return statuses.filter((status) => terminal.has(foldWord(status)));
}
