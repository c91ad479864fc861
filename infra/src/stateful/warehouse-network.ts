import { Fn } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * A network of the warehouse's own: three subnets in three zones, which Redshift Serverless asks for, without a route to the
 * internet and without NAT. The one way out is the S3 gateway endpoint, which costs nothing and lets only the staging bucket
 * through. Nothing else is placed here: functions and the Glue job speak to AWS over its public endpoints with IAM, and to
 * the warehouse through the Data API.
 */
export class WarehouseNetwork extends Construct {
  readonly subnetIds: string[];
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, { staging }: { staging: Bucket }) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.71.0.0/22'),
      // By position, so that a synthesis needs no account. A region with fewer than three zones is refused at deployment.
      availabilityZones: [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs())),
      natGateways: 0,
      createInternetGateway: false,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'warehouse', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    const endpoint = vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    endpoint.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: [
          's3:GetBucketLocation',
          's3:ListBucket',
          's3:GetObject',
          's3:PutObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
        ],
        resources: [staging.bucketArn, staging.arnForObjects('*')],
      }),
    );
    this.subnetIds = vpc.isolatedSubnets.map(({ subnetId }) => subnetId);
    this.securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: vpc as IVpc,
      description: 'The warehouse: nobody connects to it, it reaches S3',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'COPY and UNLOAD through the S3 endpoint');
  }
}
