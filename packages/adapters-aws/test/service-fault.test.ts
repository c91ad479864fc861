import { expect, test } from '@jest/globals';
import { describeServiceFault } from '../src/faults/describe-service-fault.ts';

function fault(name: string, status?: number, code?: string): Error {
  return Object.assign(new Error('As the service says.'), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
    ...(code === undefined ? {} : { code }),
  });
}

test.each([
  [fault('AccessDenied', 403), 'forbidden', false, 'permission is denied'],
  [fault('403', 403), 'forbidden', false, 'permission is denied'],
  [fault('KMSAccessDeniedException', 400), 'forbidden', false, 'permission is denied'],
  [fault('ExpiredToken', 400), 'credentials', false, 'the credentials were not accepted (ExpiredToken)'],
  [
    fault('RequestTimeTooSkewed', 403),
    'credentials',
    false,
    'the credentials were not accepted (RequestTimeTooSkewed)',
  ],
  [
    fault('CredentialsProviderError'),
    'credentials',
    false,
    'the credentials were not accepted (CredentialsProviderError)',
  ],
  [fault('PermanentRedirect', 301), 'region', false, 'it lies in another region'],
  [fault('AuthorizationHeaderMalformed', 400), 'region', false, 'it lies in another region'],
  [fault('SlowDown', 503), 'throttled', true, 'S3 asks for fewer calls (SlowDown)'],
  [fault('ThrottlingException', 400), 'throttled', true, 'S3 asks for fewer calls (ThrottlingException)'],
  [fault('TooMany', 429), 'throttled', true, 'S3 asks for fewer calls (TooMany)'],
  [fault('InternalError', 500), 'service', true, 'S3 has a fault of its own (500 InternalError)'],
  [fault('RequestTimeout', 400), 'network', true, 'S3 does not answer (RequestTimeout)'],
  [fault('TimeoutError'), 'network', true, 'S3 does not answer (TimeoutError)'],
  [fault('Error', undefined, 'ECONNRESET'), 'network', true, 'S3 does not answer (ECONNRESET)'],
  [fault('Error', undefined, 'ENOTFOUND'), 'network', true, 'S3 does not answer (ENOTFOUND)'],
  [fault('InvalidRequest', 400), 'other', false, 'As the service says'],
  ['a text', 'other', false, 'a text'],
] as const)('%s is of the kind %s', (error, kind, retryable, reason) => {
  expect(describeServiceFault(error, 'S3', 's3:GetObject')).toMatchObject({ kind, retryable, reason });
});

test('names the permission that a call needs', () => {
  expect(describeServiceFault(fault('AccessDenied', 403), 'S3', 's3:GetObject').remedy).toMatch(/^Allow s3:GetObject /);
});
