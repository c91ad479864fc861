import type { RunLedger } from '@weir/core';

export interface RunLedgerSubject {
  readonly ledger: RunLedger;
}
