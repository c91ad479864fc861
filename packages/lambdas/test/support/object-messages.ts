export interface ObjectParts {
  readonly bucket?: string;
  readonly key?: string;
  readonly versionId?: string | undefined;
  readonly etag?: string | undefined;
  readonly sequencer?: string | undefined;
}

export const LANDING_BUCKET = 'acme-landing';
export const DAY_KEY = 'transactions/year=2023/month=03/day=15/transactions_2023-03-15.csv';

/** An "Object Created" event as EventBridge sends it. */
export function busEvent(parts: ObjectParts = {}, overrides: Readonly<Record<string, unknown>> = {}) {
  const { bucket = LANDING_BUCKET, key = DAY_KEY, versionId, etag = '4e68adba0abe2dc8653dc3354e14c01d' } = parts;
  return {
    version: '0',
    id: 'f5f1e65c-dc3a-93ca-6c1e-b1647eac7963',
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '123456789012',
    time: '2023-03-16T01:50:14Z',
    region: 'eu-west-1',
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        size: 184662,
        etag,
        ...(versionId === undefined ? {} : { 'version-id': versionId }),
        sequencer: parts.sequencer ?? '006408CAD69598B05E',
      },
      'request-id': '57H08PA84AB1JZW0',
      requester: '123456789012',
      'source-ip-address': '2001:db8::1',
      reason: 'PutObject',
    },
    ...overrides,
  };
}

/** A notification as S3 sends it by itself; `key` is written as given. */
export function notification(...records: readonly (ObjectParts & { readonly eventName?: string })[]) {
  return {
    Records: records.map(({ bucket = LANDING_BUCKET, key = DAY_KEY, versionId, etag, sequencer, eventName }) => ({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'eu-west-1',
      eventTime: '2023-03-16T01:50:14.192Z',
      eventName: eventName ?? 'ObjectCreated:Put',
      userIdentity: { principalId: 'AWS:AIDAINPONIXQXHT3IKHL2' },
      requestParameters: { sourceIPAddress: '2001:db8::1' },
      responseElements: { 'x-amz-request-id': 'D82B88E5F771F645', 'x-amz-id-2': 'vlR7PnpV2Ce81l0PRw6j' },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'landed',
        bucket: { name: bucket, ownerIdentity: { principalId: 'A3I5XTEXAMAI3E' }, arn: `arn:aws:s3:::${bucket}` },
        object: {
          key,
          size: 184662,
          eTag: etag ?? '4e68adba0abe2dc8653dc3354e14c01d',
          ...(versionId === undefined ? {} : { versionId }),
          sequencer: sequencer ?? '006408CAD69598B05E',
        },
      },
    })),
  };
}

export const TEST_EVENT = {
  Service: 'Amazon S3',
  Event: 's3:TestEvent',
  Time: '2014-10-13T15:57:02.089Z',
  Bucket: LANDING_BUCKET,
  RequestId: '5582815E1AEA5ADF',
  HostId: '8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE',
};

/** A batch as Lambda gets it from SQS; a body that is no text becomes JSON. Message ids are `message-1` and on. */
export function sqsBatch(...bodies: readonly unknown[]) {
  return {
    Records: bodies.map((body, place) => ({
      messageId: `message-${place + 1}`,
      receiptHandle: 'AQEBE7XoI7IQRLF7SrpiW9W4BanmOWe8UtVDbv6',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '1681332219270',
        SenderId: 'AIDAJHIPRHEMV73VRJEBU',
        ApproximateFirstReceiveTimestamp: '1681332239270',
      },
      messageAttributes: {},
      md5OfBody: '16f4460f4477d8d693a5abe94fdbbd73',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:weir-landed',
      awsRegion: 'eu-west-1',
    })),
  };
}
