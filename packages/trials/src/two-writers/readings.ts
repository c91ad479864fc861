import type { DatabaseState } from '../command/database-state.ts';

/**
 * What readers may see: for each set of deliveries that the ledger tells of, the facts and the rejects that belong to just
 * them. Anything else is a state between.
 */
export class Readings {
  readonly #whole = new Map<string, Set<string>>();
  readonly #seen = new Set<string>();

  allow(state: DatabaseState): void {
    const files = ledgerOf(state);
    this.#whole.set(files, (this.#whole.get(files) ?? new Set()).add(contentOf(state)));
  }

  /** @returns what is wrong */
  read(state: DatabaseState): readonly string[] {
    const [files, content] = [ledgerOf(state), contentOf(state)];
    this.#seen.add(files + content);
    if (this.#whole.get(files)?.has(content) === true) return [];
    return [
      `a reader saw ${state.facts.length} facts and ${state.rejects.length} rejects beside the ledger of ${files}`,
    ];
  }

  /** How many different states readers saw. */
  get seen(): number {
    return this.#seen.size;
  }
}

function ledgerOf({ files }: DatabaseState): string {
  const names = files.map((line) => JSON.parse(line).source_key.slice(-14));
  return names.sort().join(' and ') || 'nothing';
}

function contentOf({ facts, rejects }: DatabaseState): string {
  return JSON.stringify([facts, rejects]);
}
