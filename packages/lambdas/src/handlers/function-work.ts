/** What a function does with one event, without anything that is Lambda's. */
export type FunctionWork = (event: unknown, invocation: Invocation) => Promise<unknown>;

export interface Invocation {
  /** Names this invocation, in logs and in the ledger. */
  readonly requestId: string;
  /** Milliseconds until Lambda ends it. */
  readonly remainingTime: () => number;
}
