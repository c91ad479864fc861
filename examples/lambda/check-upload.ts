import { createRules, readHiveDay } from '@weir/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

const MOST_FAULTS_TOLD = 100;
const rules = createRules();

/**
 * A function behind an HTTP API: a CSV file as the body, its key as `?key=`. Tells what the pipeline would make of it, before
 * it is delivered.
 */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const csv = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const fileDay = readHiveDay(event.queryStringParameters?.key ?? '');
  const rejects: { line: number; codes: string[] }[] = [];
  let read = 0;
  let rejected = 0;
  for (const row of rules.validateCsv(csv, { fileDay })) {
    if (row.kind === 'refused') return toAnswer(422, { status: 'refused', code: row.code, message: row.message });
    read++;
    if (row.kind === 'valid') continue;
    if (rejected++ < MOST_FAULTS_TOLD) rejects.push({ line: row.line, codes: row.faults.map(({ code }) => code) });
  }
  return toAnswer(200, { status: rejected === 0 ? 'good' : 'has-rejects', read, rejected, rejects });
}

function toAnswer(statusCode: number, body: object): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
