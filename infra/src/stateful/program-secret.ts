import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/**
 * Name and password of the database user as whom all programs sign in, as the Data API reads them. Secrets Manager makes the
 * password up; the set-up gives it to the user.
 */
export class ProgramSecret extends Construct {
  readonly secretArn: string;

  constructor(scope: Construct, id: string, { key, removalPolicy }: { key: IKey; removalPolicy: RemovalPolicy }) {
    super(scope, id);
    // The plain resource: CDK's own would let Secrets Manager use the key for whoever may read the secret.
    const secret = new CfnSecret(this, 'Resource', {
      description: 'The database user of the programs of Weir',
      kmsKeyId: key.keyArn,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: 'weir_app' }),
        generateStringKey: 'password',
        passwordLength: 64,
        excludePunctuation: true,
      },
    });
    secret.applyRemovalPolicy(removalPolicy);
    this.secretArn = secret.ref;
  }
}
