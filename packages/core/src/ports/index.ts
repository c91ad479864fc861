/**
 * The ports of Weir, in business words.
 *
 * - **file**: one CSV in the landing place. **delivery**: one content of a file; the same key with new bytes is a new one.
 * - **key**: the file's path below its place. **source day**: the day in its hive path.
 * - **run**: the unit of commit: some deliveries, one transaction. **stage**: a run's rows before the commit.
 * - **books**: `read = inserted + updated + unchanged + stale + duplicate + rejected`, per file and per run.
 * - **version**: what decides which of two rows with one transaction_id is kept. **verdict**: what became of a row.
 * - **fault**: one broken rule of one row. **reject**: a row with its faults, kept. **replay**: a reject read again.
 * - **preview**: what a commit would do, told and not done.
 * - **plan**: which files a run takes. **claim**: a file version belongs to one run at a time. **lease**: one worker a run.
 * - **refused**: a whole file that cannot be read as ours. **failed**: the machinery broke; the next run tries again.
 */
export * from './books.ts';
export * from './clock.port.ts';
export * from './day-range.ts';
export * from './decision-log.port.ts';
export * from './delivery-log.port.ts';
export * from './dimension-catalog.port.ts';
export * from './fact-reader.port.ts';
export * from './file-store.port.ts';
export * from './ingest-event.ts';
export * from './ingest-report.ts';
export * from './is-hidden-key.ts';
export * from './job-launcher.port.ts';
export * from './key-with-hash.ts';
export * from './landing-zone.port.ts';
export * from './legal-notice.ts';
export * from './notifier.port.ts';
export * from './pending-replay.port.ts';
export * from './port-error.ts';
export * from './reject-store.port.ts';
export * from './rejects-by-code.ts';
export * from './row-workers.port.ts';
export * from './run-history.port.ts';
export * from './run-ledger.port.ts';
export * from './run-phases.ts';
export * from './run-undo.port.ts';
export * from './transformer.port.ts';
export * from './undo-event.ts';
export * from './unpacker.port.ts';
export * from './warehouse.port.ts';
