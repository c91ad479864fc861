import { DatabaseFault } from '../database/database-fault.ts';

/** An error of S3 in Redshift's words. */
export function s3Fault(what: string, context: string): DatabaseFault {
  const line = '-----------------------------------------------';
  return new DatabaseFault(
    '8001',
    `${what}\n  Detail: \n  ${line}\n  error:  ${what}\n  code:      8001\n  context:   ${context}\n  ${line}`,
  );
}

export function noSuchKey(address: string): DatabaseFault {
  return s3Fault(
    'S3ServiceException:The specified key does not exist.,Status 404,Error NoSuchKey,CanRetry 1',
    `S3 key being read : ${address}`,
  );
}

export function slowDown(): DatabaseFault {
  return s3Fault(
    'S3ServiceException:Please reduce your request rate.,Status 503,Error SlowDown,CanRetry 1',
    'S3 key being read',
  );
}

/** @throws DatabaseFault for a role that is not attached to the cluster */
export function checkRole(role: string, roles: readonly string[] | undefined): void {
  if (roles === undefined || role === 'default' || roles.includes(role)) return;
  throw s3Fault(`User arn:aws:redshift:::dbuser/simulator is not authorized to assume IAM Role ${role}`, 'IAM Role');
}
