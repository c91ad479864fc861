import { describe, test } from '@jest/globals';
import type { Contract, Open } from './contract.ts';

/**
 * Registers the clauses of a contract with jest, each with an adapter of its own.
 *
 * @param adapter name of the adapter's class; the registry test looks for it in this very place
 * @param timeout milliseconds a clause
 */
export function runContract<Subject>(
  contract: Contract<Subject>,
  adapter: string,
  open: Open<Subject>,
  timeout = 30_000,
): void {
  describe(`${adapter} as ${contract.port}`, () => {
    for (const [name, check] of Object.entries(contract.clauses)) {
      test(
        name,
        async () => {
          const subject = await open();
          try {
            await check(subject);
          } finally {
            await subject.close();
          }
        },
        timeout,
      );
    }
  });
}
