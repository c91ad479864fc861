import { PortError } from '@weir/core';
import type { Statement } from '@weir/warehouse-sql';

/** Statements of one batch. */
const MOST_STATEMENTS = 40;
/** Bytes of one statement. */
const MOST_STATEMENT_BYTES = 100_000;

/**
 * Looks at what the Data API would refuse, before it is sent.
 *
 * @throws PortError `warehouse.statement-too-large`, `warehouse.parameter-unfit`
 */
export function requireWithinLimits(statements: readonly Statement[]): void {
  if (statements.length === 0 || statements.length > MOST_STATEMENTS) {
    throw new PortError({
      code: 'warehouse.statement-too-large',
      message: `A transaction of the Data API has 1 to ${MOST_STATEMENTS} statements, not ${statements.length}.`,
      remedy: 'Split the work: fewer files at once.',
      context: { statements: statements.length, most: MOST_STATEMENTS },
    });
  }
  for (const { name, text, parameters } of statements) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MOST_STATEMENT_BYTES) {
      throw new PortError({
        code: 'warehouse.statement-too-large',
        message: `The statement ${name} has ${bytes} bytes; the Data API takes ${MOST_STATEMENT_BYTES}.`,
        remedy: 'Shorten the lists of the policy, or report this.',
        context: { statement: name, bytes, most: MOST_STATEMENT_BYTES },
      });
    }
    const unfit = parameters.find((parameter) => parameter.value === '' || !isUsed(parameter.name, text));
    if (unfit === undefined) continue;
    throw new PortError({
      code: 'warehouse.parameter-unfit',
      message: `The parameter ${unfit.name} of ${name} is empty or not used, which the Data API refuses.`,
      context: { statement: name, parameter: unfit.name },
    });
  }
}

function isUsed(parameter: string, text: string): boolean {
  return new RegExp(`:${parameter}(?![A-Za-z0-9_])`).test(text);
}
