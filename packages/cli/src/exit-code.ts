/** How the command ends; scripts rely on these. A command that was interrupted ends with 128 + the number of the signal. */
export const EXIT_CODE = {
  done: 0,
  failed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /**
   * Done, but not all is well: a file was refused, with `--fail-on-rejects` a row was rejected, with `--fail-on-gaps` a gap was
   * found, the archive is not whole, or an undo left facts as they are.
   */
  refused: 3,
} as const;

export const SIGNAL_EXIT_CODE = { SIGINT: 130, SIGTERM: 143 } as const;
