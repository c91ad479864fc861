import type { AwsConfig } from './aws-config.ts';

/** What a program's clients have in common. */
export interface ClientSettings {
  readonly region: string;
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
export function clientSettings({ region }: Pick<AwsConfig, 'region'>): ClientSettings {
  return {
    region,
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 },
  };
}
