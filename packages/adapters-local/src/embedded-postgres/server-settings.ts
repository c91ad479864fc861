/** For a laptop that also does other work. What was committed is never lost: fsync and synchronous_commit stay on. */
export const defaultSettings: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  maintenance_work_mem: '256MB',
  work_mem: '64MB',
  // Large loads would otherwise force a checkpoint every gigabyte.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // There is no replica: rows copied into a table made in the same transaction need no log, only a sync at commit.
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Compiling costs more than it gains in statements that run once.
  jit: 'off',
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A log holds no values of rows: they stand in the details of an error, its context and its statement.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};
