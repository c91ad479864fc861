interface CheckFault {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly retryable?: boolean;
}

/** What a failed check of `stage_check` means, by its column: the code of the error and its sentence. */
export const CHECK_FAULTS: Readonly<Record<string, CheckFault>> = {
  run_is_new: {
    code: 'warehouse.run-exists',
    message: 'A run of this id is recorded already, so nothing was committed.',
  },
  counts_match: {
    code: 'warehouse.count-mismatch',
    message: 'The stage does not hold what was counted, so nothing was committed.',
  },
  books_close: {
    code: 'warehouse.books-open',
    message: 'The books of the run do not close, so nothing was committed.',
  },
  rejects_are_open: {
    code: 'warehouse.rejects-settled',
    message: 'A reject that was replayed is not open any more, so nothing was committed.',
  },
  run_can_be_undone: {
    code: 'warehouse.not-undoable',
    message: 'There is no committed run of this id, or it is undone already; nothing was changed.',
  },
  undo_is_current: {
    code: 'warehouse.undo-outdated',
    message: 'Another run was committed or undone since it was looked at what this undo is to do; nothing was changed.',
    remedy: 'Undo again.',
    retryable: true,
  },
  keys_are_unique: {
    code: 'warehouse.conflict',
    message: 'A key is doubled, so nothing was committed.',
  },
};
