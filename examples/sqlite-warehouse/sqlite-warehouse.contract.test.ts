import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DecisionLog, RunUndo } from '@weir/core';
import {
  factReaderContract,
  readStoredDecisions,
  readStoredRejects,
  runHistoryContract,
  type WarehouseSubject,
  warehouseContract,
} from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { SqliteFactReader } from './sqlite-fact-reader.ts';
import { SqliteRunHistory } from './sqlite-run-history.ts';
import { SqliteWarehouse } from './sqlite-warehouse.ts';

/** Ports of their own, which these contracts do not ask. */
const notAsked = {} as DecisionLog & RunUndo;

async function open(): Promise<WarehouseSubject & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-sqlite-'));
  const warehouse = new SqliteWarehouse(join(folder, 'facts.db'));
  const query = async (text: string) => [...warehouse.database.rows(text.replaceAll('::text', ''))];
  return {
    warehouse,
    history: new SqliteRunHistory(warehouse.database),
    facts: new SqliteFactReader(warehouse.database),
    log: notAsked,
    undo: notAsked,
    rejects: async () =>
      (await readStoredRejects(query)).map((row) => ({ ...row, raw_truncated: Number(row.raw_truncated) })),
    decisions: () => readStoredDecisions(query),
    close: async () => {
      warehouse.database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

runContract(warehouseContract, 'SqliteWarehouse', open);
runContract(runHistoryContract, 'SqliteRunHistory', open);
runContract(factReaderContract, 'SqliteFactReader', open);
