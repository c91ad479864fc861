import { queryFault, queryResponse } from '../server/encode-query.ts';
import {
  notImplemented,
  type ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from '../server/service.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** STS in its query protocol: who is calling. Everybody is one user of the account. */
export class StsService implements SimulatedService {
  readonly target = 'STS';
  readonly throttle = { code: 'Throttling', status: 400 };
  private readonly account: string;

  constructor(account: string) {
    this.account = account;
  }

  async handle(request: ServiceRequest): Promise<ServiceResponse> {
    if (request.operation !== 'GetCallerIdentity') throw notImplemented(`STS ${request.operation}`);
    const arn = `arn:aws:iam::${this.account}:user/simulated`;
    const identity = `<Arn>${arn}</Arn><UserId>AIDASIMULATED</UserId><Account>${this.account}</Account>`;
    return queryResponse(NAMESPACE, request, identity);
  }

  encodeFault(fault: ServiceFault, request: ServiceRequest): ServiceResponse {
    return queryFault(NAMESPACE, fault, request);
  }
}
