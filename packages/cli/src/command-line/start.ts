import type { Action } from '../session.ts';

/**
 * Starts a command whose code is loaded only then: help must not wait for database drivers.
 *
 * @param needs `nothing`: the configuration is not read, right or wrong
 */
export type Start = <Options>(
  load: () => Promise<Action<Options>>,
  options: Options,
  needs?: 'configuration' | 'nothing',
) => Promise<void>;
