import { escapeXml } from './escape-xml.ts';
import type { ServiceFault, ServiceRequest, ServiceResponse } from './service.ts';

/** An answer of the services that speak the query protocol. @param result elements, as XML */
export function queryResponse(
  namespace: string,
  { operation, requestId }: ServiceRequest,
  result: string,
): ServiceResponse {
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const told = `<${operation}Result>${result}</${operation}Result>`;
  return toXml(200, `<${operation}Response xmlns="${namespace}">${told}${metadata}</${operation}Response>`);
}

export function queryFault(
  namespace: string,
  { code, message, status, headers }: ServiceFault,
  { requestId }: ServiceRequest,
): ServiceResponse {
  const type = status < 500 ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`;
  return toXml(status, body, headers);
}

function toXml(status: number, body: string, headers: Readonly<Record<string, string>> = {}): ServiceResponse {
  return { status, headers: { 'content-type': 'text/xml', ...headers }, body };
}
