import type { Action } from '../session.ts';

/** Starts a command whose code is loaded only then: help must not wait for database drivers. */
export type Start = <Options>(load: () => Promise<Action<Options>>, options: Options) => Promise<void>;
