import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FaultForm } from '../faults/fault-options.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import { jsonFault } from './encode-json.ts';
import { readRequest } from './read-request.ts';
import {
  notImplemented,
  ServiceFault,
  type ServiceRequest,
  type ServiceResponse,
  type SimulatedService,
} from './service.ts';

/** One HTTP endpoint for all services. Signatures are accepted unchecked. */
export class SimulatorServer {
  private readonly services = new Map<string, SimulatedService>();
  private readonly faults: FaultPlan;
  private readonly killCaller: (traceHeader: string | undefined) => void;
  private readonly server: Server;

  /** @param killCaller kills the function that sent a call with this `X-Amzn-Trace-Id` */
  constructor(faults: FaultPlan, killCaller: (traceHeader: string | undefined) => void) {
    this.faults = faults;
    this.killCaller = killCaller;
    this.server = createServer((message, answer) => {
      this.answer(message, answer).catch(() => answer.destroy());
    });
    // A client that keeps connections must not find one closed by the server: that would be a fault nobody seeded.
    this.server.keepAliveTimeout = 600_000;
    this.server.requestTimeout = 0;
  }

  register(service: SimulatedService): void {
    this.services.set(service.target, service);
  }

  /** @returns the URL of the endpoint */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const service of this.services.values()) await service.close?.();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(message: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { target, request } = await readRequest(message);
    const service = this.services.get(target);
    if (service === undefined) {
      return send(jsonFault(notImplemented(`the service ${target}`)), request, answer);
    }
    const operation = service.operationOf?.(request) ?? request.operation ?? '';
    const fault = this.faults.forCall(target, operation);
    const response = fault?.when === 'before' ? undefined : await respond(service, request);
    if (fault === undefined) return send(response!, request, answer);
    if (fault.as === 'kill') this.killCaller(request.headers['x-amzn-trace-id']);
    if (fault.as === 'kill' || fault.as === 'reset') return void message.socket.destroy();
    return send(encode(service, toServiceFault(fault.as, service), request), request, answer);
  }
}

async function respond(service: SimulatedService, request: ServiceRequest): Promise<ServiceResponse> {
  try {
    return await service.handle(request);
  } catch (error) {
    if (error instanceof ServiceFault) return encode(service, error, request);
    // A defect of the simulator: shown whole, and as a fault that no client retries into a success.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return encode(service, new ServiceFault('SimulatorDefect', text, 501), request);
  }
}

function encode(service: SimulatedService, fault: ServiceFault, request: ServiceRequest): ServiceResponse {
  return service.encodeFault?.(fault, request) ?? jsonFault(fault);
}

function toServiceFault(form: Exclude<FaultForm, 'reset' | 'kill'>, { throttle }: SimulatedService): ServiceFault {
  if (form === 500)
    return new ServiceFault('InternalError', 'We encountered an internal error. Please try again.', 500);
  if (form === 'throttle') {
    return new ServiceFault(throttle?.code ?? 'ThrottlingException', 'Rate exceeded', throttle?.status ?? 400);
  }
  return new ServiceFault(form.code, form.message, form.status);
}

async function send(response: ServiceResponse, request: ServiceRequest, answer: ServerResponse): Promise<void> {
  const { status, headers = {}, body } = response;
  const ids = { 'x-amzn-requestid': request.requestId, 'x-amz-request-id': request.requestId };
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const length = bytes === undefined ? {} : { 'content-length': String(bytes.length) };
    answer.writeHead(status, { ...ids, ...length, ...headers });
    answer.end(bytes);
    return;
  }
  answer.writeHead(status, { ...ids, ...headers });
  await pipeline(Readable.from(body), answer);
}
