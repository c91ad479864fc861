/**
 * What every adapter of a port must do. The name of a clause is a sentence of the contract; its check throws where the
 * adapter breaks it. A subject is an adapter with what a test must do to it beyond the port.
 */
export interface Contract<Subject> {
  readonly port: string;
  readonly clauses: Readonly<Record<string, Check<Subject>>>;
}

export type Check<Subject> = (subject: Subject) => Promise<void>;

/** Opens an adapter that is empty and shares nothing with any other; called once a clause. */
export type Open<Subject> = () => Promise<Subject & Closable>;

export interface Closable {
  close(): Promise<void>;
}

/**
 * The names of the clauses that an adapter breaks, in their order: for adapters that are wrong on purpose.
 *
 * @param clauses the ones to try, all where left out
 */
export async function findBrokenClauses<Subject>(
  contract: Contract<Subject>,
  open: Open<Subject>,
  clauses: Iterable<string> = Object.keys(contract.clauses),
): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const name of clauses) {
    if (!(await keeps(contract.clauses[name]!, open))) broken.push(name);
  }
  return broken;
}

async function keeps<Subject>(check: Check<Subject>, open: Open<Subject>): Promise<boolean> {
  const subject = await open();
  try {
    await check(subject);
    return true;
  } catch {
    return false;
  } finally {
    await subject.close();
  }
}
