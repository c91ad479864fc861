/** Where a client works and as whom; what is left out, the SDK looks for in the environment and in ~/.aws. */
export interface ClientPlace {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

/** What a program's clients have in common. */
export interface ClientSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly maxAttempts: number;
  readonly retryMode: 'standard';
  readonly requestHandler: {
    /** Milliseconds. */
    readonly connectionTimeout: number;
    /** Milliseconds without a byte. */
    readonly socketTimeout: number;
  };
}

/**
 * Settings for a client of any service. The SDK repeats what may pass (5xx, throttling, lost connections) with growing
 * pauses; nothing is repeated on top of that but what a port says. A test's endpoint comes from `AWS_ENDPOINT_URL`.
 */
export function clientSettings({ region, profile }: ClientPlace): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
  };
}
