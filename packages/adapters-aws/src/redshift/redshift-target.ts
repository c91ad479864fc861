/** Which Redshift, and as whom. Without a secret the database user follows from the caller's IAM identity. */
export interface RedshiftTarget {
  readonly database: string;
  /** Of Redshift Serverless; else `clusterIdentifier` is given. */
  readonly workgroupName?: string | undefined;
  readonly clusterIdentifier?: string | undefined;
  /** Only with a cluster and without a secret. */
  readonly dbUser?: string | undefined;
  readonly secretArn?: string | undefined;
}

/** `workgroup/database`, for messages. */
export function locationOf({ database, workgroupName, clusterIdentifier }: RedshiftTarget): string {
  return `${workgroupName ?? clusterIdentifier}/${database}`;
}

/** The fields by which every call of the Data API names its database. */
export function addressOf(target: RedshiftTarget): Readonly<Record<string, string>> & { readonly Database: string } {
  const { database, workgroupName, clusterIdentifier, dbUser, secretArn } = target;
  return {
    Database: database,
    ...(workgroupName === undefined ? {} : { WorkgroupName: workgroupName }),
    ...(clusterIdentifier === undefined ? {} : { ClusterIdentifier: clusterIdentifier }),
    ...(dbUser === undefined ? {} : { DbUser: dbUser }),
    ...(secretArn === undefined ? {} : { SecretArn: secretArn }),
  };
}
