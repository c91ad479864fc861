import type { Secrets } from '../../secrets-manager/secrets.ts';
import { ServiceFault } from '../../server/service.ts';

/** As whom a call wants its statements to run. */
export interface SignIn {
  readonly user: string;
  readonly password: string;
}

/**
 * User and password of a secret that a call names.
 *
 * @throws ServiceFault `ValidationException`
 */
export function readSignIn(secretArn: string, secrets: Secrets): SignIn {
  const text = secrets.read(secretArn);
  // In which words the Data API hands on that Secrets Manager has none is not documented.
  if (text === undefined)
    throw invalid(
      "Secrets Manager can't find the specified secret. (Service: AWSSecretsManager; Status Code: 400; Error Code: ResourceNotFoundException)",
    );
  const { username, password } = parse(text);
  if (!username || !password) throw invalid('username and password in secret cannot be empty');
  return { user: String(username), password: String(password) };
}

function parse(text: string): { readonly username?: unknown; readonly password?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function invalid(message: string): ServiceFault {
  return new ServiceFault('ValidationException', message);
}
