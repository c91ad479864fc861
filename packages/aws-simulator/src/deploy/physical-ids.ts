/** Where a deployment goes. */
export interface DeploymentPlace {
  readonly region: string;
  readonly account: string;
  /** URL of the simulator. */
  readonly endpoint: string;
}

export interface NamedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** A property whose value is resolved. */
  readonly property: (name: string) => string | undefined;
}

/** Which property names a resource; without it CloudFormation makes a name up. */
const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Events::Rule': 'Name',
  'AWS::Glue::Job': 'Name',
  'AWS::Glue::SecurityConfiguration': 'Name',
  'AWS::RedshiftServerless::Namespace': 'NamespaceName',
  'AWS::RedshiftServerless::Workgroup': 'WorkgroupName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** The name of a resource: the one that it was given, or one made of the stack's name and its logical id. */
function nameOf({ stack, logicalId, type, property }: NamedResource): string {
  const given = NAME_PROPERTY[type] === undefined ? undefined : property(NAME_PROPERTY[type]);
  if (given !== undefined) return given;
  const made = `${stack}-${logicalId}`;
  // Names of buckets are short and in lower case; the end of a logical id is what tells two of them apart.
  return type === 'AWS::S3::Bucket' ? made.toLowerCase().slice(-63).replace(/^-+/, '') : made;
}

/** What `Ref` gives for a resource. */
export function refOf(resource: NamedResource, place: DeploymentPlace): string {
  const name = nameOf(resource);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return `${place.endpoint}/${place.account}/${name}`;
    case 'AWS::SNS::Topic':
    case 'AWS::SecretsManager::Secret':
      return arnOf(resource, place);
    case 'AWS::Lambda::Version':
      return `${resource.property('FunctionName')}:1`;
    default:
      return name;
  }
}

/** What `Fn::GetAtt` gives. What nobody here looks behind gets a text that is recognised when it turns up. */
export function attributeOf(resource: NamedResource, attribute: string, place: DeploymentPlace): string {
  const name = nameOf(resource);
  switch (`${resource.type} ${attribute}`) {
    case 'AWS::SQS::Queue QueueName':
    case 'AWS::SNS::Topic TopicName':
      return name;
    case 'AWS::Lambda::Version Version':
      return '1';
    case `${resource.type} ${ADMIN_SECRET}`:
      return adminSecretArn(namespaceOf(resource), place);
    default: {
      if (attribute === 'Arn' || attribute === 'TopicArn') return arnOf(resource, place);
      return `arn:aws:simulated:${place.region}:${place.account}:${resource.stack}/${resource.logicalId}/${attribute}`;
    }
  }
}

/** Of a call of GetNamespace that a template has made at deployment. */
const ADMIN_SECRET = 'namespace.adminPasswordSecretArn';

/** The secret in which Redshift keeps the password of the administrator of a namespace. */
export function adminSecretArn(namespace: string, { region, account }: { region: string; account: string }): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:redshift!${namespace}-Made1y`;
}

function namespaceOf({ property }: NamedResource): string {
  return JSON.parse(property('Create') ?? '{}').parameters?.namespaceName;
}

function arnOf(resource: NamedResource, { region, account }: DeploymentPlace): string {
  const name = nameOf(resource);
  const regional = `${region}:${account}`;
  switch (resource.type) {
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`;
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${regional}:${name}`;
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${regional}:${name}`;
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${regional}:function:${name}`;
    case 'AWS::Events::Rule':
      return `arn:aws:events:${regional}:rule/${name}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${account}:role/${name}`;
    case 'AWS::SecretsManager::Secret':
      return `arn:aws:secretsmanager:${regional}:secret:${name}-Made1y`;
    case 'AWS::KMS::Key':
      return `arn:aws:kms:${regional}:key/${name}`;
    default:
      return `arn:aws:simulated:${regional}:${resource.stack}/${resource.logicalId}`;
  }
}
