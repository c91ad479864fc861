import { randomUUID } from 'node:crypto';
import { jsonResponse, readJson } from '../server/encode-json.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';
import type { Secrets } from './secrets.ts';

/** Secrets Manager: reads and replaces what is there. Secrets are named by their ARN. */
export class SecretsService implements SimulatedService {
  readonly target = 'secretsmanager';
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const { SecretId = '', SecretString } = readJson(request) as { SecretId?: string; SecretString?: string };
    const known = this.#secrets.read(SecretId);
    if (known === undefined) {
      throw new ServiceFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    const answer = { ARN: SecretId, Name: SecretId.slice(SecretId.lastIndexOf(':') + 1), VersionId: randomUUID() };
    switch (request.operation) {
      case 'GetSecretValue':
        return jsonResponse({ ...answer, SecretString: known, VersionStages: ['AWSCURRENT'] });
      case 'PutSecretValue':
        this.#secrets.put(SecretId, SecretString ?? '');
        return jsonResponse({ ...answer, VersionStages: ['AWSCURRENT'] });
      default:
        throw notImplemented(`${request.operation} of Secrets Manager`);
    }
  }
}
