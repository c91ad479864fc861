import { parsePolicy } from '../../src/policy/parse-policy.ts';
import type { PolicyInput } from '../../src/policy/policy.ts';
import { checkTransaction, type TransactionText } from '../../src/rules/check-transaction.ts';
import { type FaultCode, faultsOf } from '../../src/rules/faults.ts';
import { RowRules } from '../../src/rules/row-rules.ts';
import { buildRow } from './build-row.ts';

/** The codes of a row that is good but for the given values. */
export function faultsOfRow(
  values: Partial<TransactionText>,
  options: { readonly fileDay?: string; readonly policy?: PolicyInput } = {},
): FaultCode[] {
  const rules = new RowRules(parsePolicy(options.policy), options.fileDay);
  return faultsOf(checkTransaction(rules, buildRow(values))).map(({ code }) => code);
}
