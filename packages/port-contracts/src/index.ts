/** What every adapter of a port must do, as data. `@weir/port-contracts/jest` registers it with jest. */
export * from './assert-port-error.ts';
export * from './clock-contract.ts';
export * from './contract.ts';
export * from './dimension-catalog-contract.ts';
export * from './fact-reader-contract.ts';
export * from './file-store-contract.ts';
export * from './job-launcher-contract.ts';
export * from './landing-zone-contract.ts';
export type { LandingZoneSubject } from './landing-zone-subject.ts';
export * from './notifier-contract.ts';
export * from './run-history-contract.ts';
export type { RunLedgerSubject } from './run-ledger/run-ledger-subject.ts';
export * from './run-ledger-contract.ts';
export * from './transformer-contract.ts';
export type { StagedText, TransformerSubject } from './transformer-subject.ts';
export * from './unpacker-contract.ts';
export * from './warehouse-contract.ts';
export type { WarehouseSubject } from './warehouse-subject.ts';
