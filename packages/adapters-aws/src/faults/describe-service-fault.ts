/** What a fault of an AWS service means, in words for people. */
export interface ServiceFaultDescription {
  /** Such as `AccessDenied`; what the service or the operating system calls it. */
  readonly serviceCode: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly kind: 'forbidden' | 'credentials' | 'throttled' | 'service' | 'network' | 'region' | 'other';
  /** The end of a sentence, without its point. */
  readonly reason: string;
  readonly remedy: string | undefined;
  readonly retryable: boolean;
}

const CREDENTIALS = new Set([
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);
const FORBIDDEN = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'Forbidden',
  'KMSAccessDeniedException',
]);
const REGION = new Set(['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException']);
const THROTTLED = new Set([
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'Throttled',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'KMSThrottlingException',
]);
const NETWORK =
  /^(TimeoutError|RequestTimeout|ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOST\w+|ENET\w+|UND_ERR\w+|NetworkingError|AbortError|ERR_STREAM_PREMATURE_CLOSE)$/;

/**
 * @param service as people call it: `S3`
 * @param permission what the call needs, such as `s3:GetObjectVersion`
 */
export function describeServiceFault(error: unknown, service: string, permission: string): ServiceFaultDescription {
  const serviceCode = codeOf(error);
  const status = statusOf(error);
  const told = { serviceCode, status };
  if (CREDENTIALS.has(serviceCode)) {
    const reason = `the credentials were not accepted (${serviceCode})`;
    return {
      ...told,
      kind: 'credentials',
      reason,
      remedy: 'Check the role or the credentials of this program.',
      retryable: false,
    };
  }
  if (REGION.has(serviceCode) || status === 301) {
    const remedy = 'Set the region in the configuration to the one where it was made.';
    return { ...told, kind: 'region', reason: 'it lies in another region', remedy, retryable: false };
  }
  if (THROTTLED.has(serviceCode) || status === 429) {
    const reason = `${service} asks for fewer calls (${serviceCode})`;
    return { ...told, kind: 'throttled', reason, remedy: 'Try again later.', retryable: true };
  }
  if (FORBIDDEN.has(serviceCode) || status === 403) {
    const remedy = `Allow ${permission} to the role of this program, and use of the key where it is encrypted with one.`;
    return { ...told, kind: 'forbidden', reason: 'permission is denied', remedy, retryable: false };
  }
  if (status >= 500) {
    const reason = `${service} has a fault of its own (${status} ${serviceCode})`;
    return { ...told, kind: 'service', reason, remedy: 'Try again later.', retryable: true };
  }
  if (NETWORK.test(serviceCode)) {
    const remedy = `Check that this program gets at ${service}: its subnet, security group and endpoint.`;
    return { ...told, kind: 'network', reason: `${service} does not answer (${serviceCode})`, remedy, retryable: true };
  }
  const reason = error instanceof Error && error.message !== '' ? trimEnd(error.message) : serviceCode;
  return { ...told, kind: 'other', reason, remedy: undefined, retryable: isRetryable(error) };
}

/** The service's name for the fault, or the operating system's. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { name, code } = error as { name?: unknown; code?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return typeof name === 'string' ? name : 'Error';
}

/** HTTP status of the answer; 0 where there was none. */
export function statusOf(error: unknown): number {
  const metadata = (error as { $metadata?: { httpStatusCode?: unknown } } | null | undefined)?.$metadata;
  return typeof metadata?.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}

function isRetryable(error: unknown): boolean {
  return Boolean((error as { $retryable?: unknown } | null | undefined)?.$retryable);
}

function trimEnd(sentence: string): string {
  return sentence.replace(/[.\s]+$/, '');
}
