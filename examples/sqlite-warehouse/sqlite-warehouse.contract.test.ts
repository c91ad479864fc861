import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DeliveryLogSubject,
  decisionLogContract,
  deliveryLogContract,
  factReaderContract,
  readStoredDecisions,
  readStoredRejects,
  runHistoryContract,
  runUndoContract,
  type WarehouseSubject,
  warehouseContract,
} from '@weir/port-contracts';
import { runContract } from '@weir/port-contracts/jest';
import { SqlDecisionLog, SqlDeliveryLog, SqlRunHistory } from '@weir/warehouse-sql';
import { askSqlite } from './ask-sqlite.ts';
import { SqliteFactReader } from './sqlite-fact-reader.ts';
import { SqliteRunUndo } from './sqlite-run-undo.ts';
import { SqliteWarehouse } from './sqlite-warehouse.ts';

async function open(): Promise<WarehouseSubject & DeliveryLogSubject & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-sqlite-'));
  const path = join(folder, 'facts.db');
  const warehouse = new SqliteWarehouse(path);
  const reading = askSqlite(warehouse.database);
  const query = async (text: string) => [...warehouse.database.rows(text.replaceAll('::text', ''))];
  return {
    warehouse,
    history: new SqlRunHistory(reading),
    facts: new SqliteFactReader(warehouse.database),
    log: new SqlDecisionLog(reading),
    deliveries: new SqlDeliveryLog(reading),
    undo: new SqliteRunUndo(path),
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
runContract(factReaderContract, 'SqliteFactReader', open);
runContract(runUndoContract, 'SqliteRunUndo', open);
runContract(runHistoryContract, 'SqlRunHistory on SQLite', open);
runContract(deliveryLogContract, 'SqlDeliveryLog on SQLite', open);
runContract(decisionLogContract, 'SqlDecisionLog on SQLite', open);
