import type { ServiceFault, ServiceRequest, ServiceResponse } from './service.ts';
import { ServiceFault as Fault } from './service.ts';

/** An answer of the services that speak JSON. */
export function jsonResponse(value: unknown, status = 200): ServiceResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(value) };
}

export function jsonFault(fault: ServiceFault): ServiceResponse {
  const { status, headers } = fault;
  const body = JSON.stringify({ __type: fault.code, message: fault.message, Message: fault.message, ...fault.fields });
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body };
}

/** @throws ServiceFault `SerializationException` */
export function readJson(request: ServiceRequest): Record<string, unknown> {
  try {
    return request.body.length === 0 ? {} : JSON.parse(request.body.toString('utf8'));
  } catch (error) {
    throw new Fault('SerializationException', `The body is not JSON: ${(error as Error).message}`);
  }
}
