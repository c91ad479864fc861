import { escapeXml } from '../server/escape-xml.ts';
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

  async handle({ operation, requestId }: ServiceRequest): Promise<ServiceResponse> {
    if (operation !== 'GetCallerIdentity') throw notImplemented(`STS ${operation}`);
    const identity = `<Arn>arn:aws:iam::${this.account}:user/simulated</Arn><UserId>AIDASIMULATED</UserId><Account>${this.account}</Account>`;
    const body =
      `<GetCallerIdentityResponse xmlns="${NAMESPACE}"><GetCallerIdentityResult>${identity}</GetCallerIdentityResult>` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  }

  encodeFault({ code, message, status, headers }: ServiceFault, { requestId }: ServiceRequest): ServiceResponse {
    const type = status < 500 ? 'Sender' : 'Receiver';
    const error = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
    const body = `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml', ...headers }, body };
  }
}
