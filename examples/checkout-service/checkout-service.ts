import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type CustomerFacts, createRules, type ProductFacts } from '@weir/core';

const LONGEST_BODY = 16 * 1024;
const rules = createRules();

/** What the shop knows; each may ask a database. */
export interface Shop {
  findProduct(id: string): Promise<ProductFacts | undefined>;
  findCustomer(id: string): Promise<CustomerFacts | undefined>;
}

/**
 * `POST /transactions` takes one transaction as JSON. What the pipeline would reject is refused here already, with the same
 * codes, so that no bad row ever reaches a file.
 */
export function createCheckoutService(shop: Shop): Server {
  return createServer((request, response) => {
    answer(shop, request).then(
      ([status, body]) => send(response, status, body),
      () => send(response, 500, { error: 'failed' }),
    );
  });
}

type Answer = readonly [status: number, body: object];

async function answer(shop: Shop, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'POST' || request.url !== '/transactions') return [404, { error: 'not-found' }];
  const body = await readBody(request);
  if (body === undefined) return [413, { error: 'too-large' }];
  const given = parseJson(body);
  const validation = rules.validate(given);
  if (validation.kind === 'malformed') return [400, { error: 'malformed', problems: validation.problems }];
  if (validation.kind === 'rejected') return [422, { error: 'rejected', faults: validation.faults }];
  const { transaction } = validation;
  const [product, customer] = await Promise.all([
    shop.findProduct(transaction.product_id),
    shop.findCustomer(transaction.customer_id),
  ]);
  const enrichment = rules.enrich(transaction, { product, customer });
  if (enrichment.kind === 'rejected') return [422, { error: 'rejected', faults: enrichment.faults }];
  return [201, enrichment.transaction];
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is no JSON is no object either, and so malformed. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
