const SHARE = 10;

/**
 * Asks no more than a tenth of the time, however many ask: an answer counts for ten times as long as it took, also for those
 * who ask while it is on its way. A failure counts for nobody but them.
 *
 * @param now milliseconds
 */
export function askSparingly<T>(ask: () => Promise<T>, now = () => performance.now()): () => Promise<T> {
  let asked: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (asked !== undefined && now() < until) return asked;
    const start = now();
    until = Number.POSITIVE_INFINITY;
    const answer = ask();
    asked = answer;
    answer.then(
      () => {
        until = now() + (now() - start) * SHARE;
      },
      () => {
        asked = undefined;
      },
    );
    return answer;
  };
}
