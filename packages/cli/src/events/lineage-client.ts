import type { LineageEvent } from '@weir/core/telemetry';

export interface LineageEndpoint {
  readonly url: string;
  readonly apiKey: string | undefined;
}

const TIMEOUT_MS = 5000;

/** Sends events of OpenLineage over HTTP, one after the other, beside the run. Never throws: what fails is told once. */
export class LineageClient {
  readonly #endpoint: LineageEndpoint;
  readonly #onFault: (error: unknown) => void;
  readonly #timeout: number;
  #sent = Promise.resolve();
  #isBroken = false;

  /** @param timeout milliseconds for one event */
  constructor(endpoint: LineageEndpoint, onFault: (error: unknown) => void, timeout: number = TIMEOUT_MS) {
    this.#endpoint = endpoint;
    this.#onFault = onFault;
    this.#timeout = timeout;
  }

  readonly write = (event: LineageEvent): void => {
    const body = JSON.stringify(event);
    this.#sent = this.#sent.then(() => this.#attempt(body));
  };

  /** Waits for what is on its way. */
  async close(): Promise<void> {
    await this.#sent;
  }

  async #attempt(body: string): Promise<void> {
    try {
      await this.#send(body);
    } catch (error) {
      if (!this.#isBroken) this.#onFault(error);
      this.#isBroken = true;
    }
  }

  async #send(body: string): Promise<void> {
    const { url, apiKey } = this.#endpoint;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body,
      // A redirect would take the key to somebody else.
      redirect: 'error',
      signal: AbortSignal.timeout(this.#timeout),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the answer was ${response.status} ${response.statusText}`);
  }
}
