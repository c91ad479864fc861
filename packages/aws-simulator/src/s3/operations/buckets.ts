import { ServiceFault, type ServiceResponse } from '../../server/service.ts';
import type { S3Call } from '../s3-call.ts';
import { element, parseXml, xmlResponse } from '../xml.ts';

export function listBuckets({ store }: S3Call): ServiceResponse {
  const buckets = store.names().map((name) => store.bucket(name));
  return xmlResponse('ListAllMyBucketsResult', [
    element(
      'Buckets',
      buckets.map(({ name, createdAt }) =>
        element('Bucket', [element('Name', name), element('CreationDate', createdAt.toISOString())]),
      ),
    ),
  ]);
}

export function createBucket({ store, bucketName }: S3Call): ServiceResponse {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucketName)) {
    throw new ServiceFault('InvalidBucketName', 'The specified bucket is not valid.');
  }
  store.create(bucketName);
  return { status: 200, headers: { location: `/${bucketName}` } };
}

export function headBucket({ store, bucketName }: S3Call): ServiceResponse {
  store.bucket(bucketName);
  return { status: 200 };
}

export function deleteBucket({ store, bucketName }: S3Call): ServiceResponse {
  store.drop(bucketName);
  return { status: 204 };
}

export function putBucketVersioning({ request, store, bucketName }: S3Call): ServiceResponse {
  const { Status: status } = parseXml(request.body, 'VersioningConfiguration', []);
  if (status !== 'Enabled' && status !== 'Suspended') throw new ServiceFault('MalformedXML', 'Status is not known');
  store.bucket(bucketName).versioning = status;
  return { status: 200 };
}

export function getBucketVersioning({ store, bucketName }: S3Call): ServiceResponse {
  const { versioning } = store.bucket(bucketName);
  return xmlResponse('VersioningConfiguration', [
    element('Status', versioning === 'Unversioned' ? undefined : versioning),
  ]);
}

export function putBucketEncryption({ request, store, bucketName }: S3Call): ServiceResponse {
  const { Rule } = parseXml(request.body, 'ServerSideEncryptionConfiguration', []);
  const algorithm = Rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
  if (algorithm !== 'AES256' && algorithm !== 'aws:kms') {
    throw new ServiceFault('MalformedXML', `The encryption ${algorithm} is not known`);
  }
  store.bucket(bucketName).encryption = algorithm;
  return { status: 200 };
}

export async function putBucketNotification(call: S3Call): Promise<ServiceResponse> {
  const bucket = call.store.bucket(call.bucketName);
  await call.notifications.configure(bucket, call.request.body, call.request.requestId);
  return { status: 200 };
}

export function getBucketNotification({ store, notifications, bucketName }: S3Call): ServiceResponse {
  return xmlResponse('NotificationConfiguration', notifications.describe(store.bucket(bucketName)));
}
