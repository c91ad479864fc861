import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AwsSimulator, startAwsSimulator } from '@weir/aws-simulator';
import { identifyCaller } from '../src/index.ts';
import { inThisRealm } from './support/in-this-realm.ts';

let simulator: AwsSimulator;
beforeAll(async () => {
  simulator = await startAwsSimulator();
});
afterAll(() => simulator.close());

describe('the caller', () => {
  it('is told with account and ARN', async () => {
    expect(await identifyCaller(inThisRealm(new STSClient(simulator.clientConfig)))).toEqual({
      account: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/simulated',
    });
  });
  it.each([
    ['ExpiredToken', 403],
    ['InvalidClientTokenId', 403],
    ['CredentialsProviderError', 0],
  ])('is asked to sign in after %s', async (name, httpStatusCode) => {
    const error = Object.assign(new Error('x'), { name, $metadata: { httpStatusCode } });
    const client = { send: () => Promise.reject(error) } as never;
    await expect(identifyCaller(client)).rejects.toMatchObject({
      code: 'identity.not-signed-in',
      retryable: false,
      remedy: expect.stringContaining('aws sso login'),
    });
  });
  it('is unknown where AWS does not answer', async () => {
    const client = inThisRealm(
      new STSClient({ ...simulator.clientConfig, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 }),
    );
    await expect(identifyCaller(client)).rejects.toMatchObject({ code: 'identity.unreachable', retryable: true });
  });
});
