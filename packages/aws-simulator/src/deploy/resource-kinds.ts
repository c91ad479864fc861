/**
 * Kinds of resources in the order in which they are created: what a resource sends to, or reads from, is there before it.
 * A function that sets something up runs last.
 */
export const CREATION_ORDER = [
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::SecretsManager::Secret',
  'AWS::RedshiftServerless::Namespace',
  'AWS::Lambda::Function',
  'AWS::Glue::Job',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'Custom::CDKBucketDeployment',
] as const;

export type CreatedKind = (typeof CREATION_ORDER)[number];

/** Says what a function does when it is invoked asynchronously; read together with the function. */
export const INVOKE_CONFIG = 'AWS::Lambda::EventInvokeConfig';

/** What changes nothing that the simulator shows: who may do what, how it is encrypted, watched and connected. */
const WITHOUT_EFFECT = new Set([
  ...['AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::KMS::Key', 'AWS::KMS::Alias'],
  ...['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::Lambda::Permission'],
  ...['AWS::Lambda::Version', 'AWS::Lambda::LayerVersion', 'AWS::Logs::LogGroup', 'AWS::CDK::Metadata'],
  ...['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::CloudWatch::Dashboard'],
  ...['AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::EC2::RouteTable', 'AWS::EC2::SubnetRouteTableAssociation'],
  ...['AWS::EC2::VPCEndpoint', 'AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupEgress'],
  ...['AWS::EC2::SecurityGroupIngress', 'AWS::Glue::SecurityConfiguration'],
  // The warehouse of the simulator is there from the start, under any name; only its administrator comes with the namespace.
  'AWS::RedshiftServerless::Workgroup',
]);

export function isCreated(type: string): type is CreatedKind {
  return (CREATION_ORDER as readonly string[]).includes(type);
}

/** A custom resource of CDK's own that calls an API of AWS, `AwsCustomResource`: none of those APIs is simulated. */
export function isApiCall(type: string, properties: Readonly<Record<string, unknown>>): boolean {
  return type.startsWith('Custom::') && ('Create' in properties || 'Update' in properties);
}

export function isWithoutEffect(type: string): boolean {
  return WITHOUT_EFFECT.has(type);
}
