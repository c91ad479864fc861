import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ServiceRequest } from './service.ts';

export interface RoutedRequest {
  readonly target: string;
  readonly request: ServiceRequest;
}

/** Reads a request to its end and tells which service it is for. */
export async function readRequest(message: IncomingMessage): Promise<RoutedRequest> {
  const [path, search = ''] = splitOnce(message.url ?? '/', '?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const request = {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers,
    body: Buffer.concat(chunks),
    requestId: randomBytes(8).toString('hex').toUpperCase(),
  };
  return route(request);
}

/** The two services of the query protocol are told apart by the version of their API. */
const STS_VERSION = '2011-06-15';

function route(request: ServiceRequest): RoutedRequest {
  const [target, operation] = splitOnce(request.headers['x-amz-target'] ?? '', '.');
  if (operation !== undefined) return { target, request: { ...request, operation } };
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const form = isForm ? new URLSearchParams(request.body.toString('utf8')) : undefined;
  const action = form?.get('Action') ?? null;
  if (action !== null) {
    const target = form?.get('Version') === STS_VERSION ? 'STS' : 'SNS';
    return { target, request: { ...request, operation: action } };
  }
  return { target: 'S3', request };
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
