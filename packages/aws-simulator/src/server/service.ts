/** One request as a service sees it, whatever its protocol. */
export interface ServiceRequest {
  readonly method: string;
  /** As it was sent: percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What is asked for, where the protocol says it apart from the path: `SendMessage`. */
  readonly operation?: string;
  readonly requestId: string;
}

export interface ServiceResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** One service behind the endpoint of the simulator. Throws `ServiceFault` for what AWS would refuse. */
export interface SimulatedService {
  /** The part of `X-Amz-Target` before the dot; `S3`, `SNS` and `STS` for those that send none. */
  readonly target: string;
  handle(request: ServiceRequest): Promise<ServiceResponse>;
  /** What counts and faults call the request; the operation of the request where the service has no say. */
  operationOf?(request: ServiceRequest): string;
  /** The protocol's form of an error; JSON where the service has no say. */
  encodeFault?(fault: ServiceFault, request: ServiceRequest): ServiceResponse;
  /** What AWS answers when it is called too often; `ThrottlingException` where the service has no say. */
  readonly throttle?: { readonly code: string; readonly status: number };
  close?(): Promise<void>;
}

/** What a client gets to see as an error of the service. */
export class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly code: string;
  readonly status: number;
  /** Further members of the error, in the spelling of the service. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    { fields = {}, headers = {} }: { fields?: Record<string, unknown>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.headers = headers;
  }
}

/** For what the simulator does not do: never a silent success. */
export function notImplemented(what: string): ServiceFault {
  return new ServiceFault('NotImplemented', `The simulator does not implement ${what}.`, 501);
}
