import { type FactLeft, type FactsLeft, LEFT_REASONS, type LeftReason } from './undo-options.ts';

const MOST_TOLD = 5;

/** Facts that stay as they are, counted by reason. */
export class LeftFacts {
  private readonly byReason = new Map<LeftReason, { facts: number; first: FactLeft[] }>();

  add(reason: LeftReason, fact: FactLeft): void {
    this.addAll(reason, 1, [fact]);
  }

  addFrom(others: LeftFacts): void {
    for (const { reason, facts, first } of others.list()) this.addAll(reason, facts, first);
  }

  /** The same facts for one reason. */
  under(reason: LeftReason): LeftFacts {
    const all = new LeftFacts();
    for (const { facts, first } of this.list()) all.addAll(reason, facts, first);
    return all;
  }

  list(): readonly FactsLeft[] {
    return LEFT_REASONS.flatMap((reason) => {
      const known = this.byReason.get(reason);
      return known === undefined ? [] : [{ reason, ...known }];
    });
  }

  private addAll(reason: LeftReason, facts: number, first: readonly FactLeft[]): void {
    const known = this.byReason.get(reason) ?? { facts: 0, first: [] };
    known.facts += facts;
    known.first.push(...first.slice(0, MOST_TOLD - known.first.length));
    this.byReason.set(reason, known);
  }
}
