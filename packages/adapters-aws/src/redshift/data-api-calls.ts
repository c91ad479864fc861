import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { Backoff, type BackoffOptions } from './backoff.ts';
import { toCallFault } from './data-api-fault.ts';

export interface DataApiCallsOptions extends BackoffOptions {
  readonly client: Pick<RedshiftDataClient, 'send'>;
  /** Tries of one call, and of one transaction, before a passing fault is told. Default 10: about a minute. */
  readonly tries?: number | undefined;
}

/** Calls of the Data API that may be repeated: questions, and submissions with a token. */
export class DataApiCalls {
  readonly backoff: Backoff;
  readonly tries: number;
  readonly #client: Pick<RedshiftDataClient, 'send'>;

  constructor(options: DataApiCallsOptions) {
    this.backoff = new Backoff(options);
    this.tries = options.tries ?? 10;
    this.#client = options.client;
  }

  /** @throws DataApiFault: `unanswered` where a try may have got through and no later one told */
  async call<Output>(send: (client: Pick<RedshiftDataClient, 'send'>) => Promise<Output>): Promise<Output> {
    let isUncertain = false;
    for (let tries = 1; ; tries++) {
      try {
        return await send(this.#client);
      } catch (error) {
        const fault = toCallFault(error);
        isUncertain ||= fault.phase === 'unanswered';
        if (!fault.isTransient || tries >= this.tries) throw isUncertain ? fault.asUnanswered() : fault;
        await this.backoff.pause(tries);
      }
    }
  }
}
