/** A check that is made until it held once; callers at the same time share one. */
export function untilItHolds(check: () => Promise<void>): () => Promise<void> {
  let checked: Promise<void> | undefined;
  return async () => {
    checked ??= check();
    try {
      await checked;
    } catch (error) {
      checked = undefined;
      throw error;
    }
  };
}
