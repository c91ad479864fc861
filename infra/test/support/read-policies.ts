import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from '../../src/testing/synthesized.ts';

/** Every allowed action of a policy as `action resource`, sorted: what a reviewer wants to read. */
export function permissionsOf(template: Template, policy: RegExp): string[] {
  const policies = resourcesOf(template, 'AWS::IAM::Policy').filter(([id]) => policy.test(id));
  if (policies.length !== 1) throw new Error(`${policies.length} policies match ${policy}.`);
  const statements = policies[0][1].Properties.PolicyDocument.Statement as Statement[];
  const lines = statements.flatMap((statement) => {
    if (statement.Effect !== 'Allow') throw new Error('Only what is allowed can be listed here.');
    return list(statement.Action).flatMap((action) =>
      list(statement.Resource).map((resource) => `${action} ${shortName(resource)}${shortCondition(statement)}`),
    );
  });
  return [...new Set(lines)].sort();
}

/** A part of a template in few words: `Landing/transactions/*` for the ARN of objects in the landing bucket. */
export function shortName(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, of]] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Fn::Join') return (of as [string, unknown[]])[1].map(shortName).join('').replace(ARN_START, '');
  if (kind === 'Fn::GetAtt') return nameOfThing((of as string[])[0]);
  if (kind === 'Ref') return nameOfThing(of as string);
  if (kind === 'Fn::ImportValue') return nameOfThing((of as string).replace(/^.*?:ExportsOutput(FnGetAtt|Ref)/, ''));
  throw new Error(`${kind} was not expected in a policy.`);
}

const ARN_START = /^arn:<Partition>:[a-z]+:<Region>:<AccountId>:/;

function nameOfThing(name: string): string {
  if (name.startsWith('AWS::')) return `<${name.slice('AWS::'.length)}>`;
  const [secret] = /(Admin|Program)Secret/.exec(name) ?? [];
  if (secret !== undefined) return secret;
  return name.replace(/^(Buckets|Keys|Queues|Warehouse|Notices|Functions|IngestJob)/, '').replace(/[0-9A-F]{8}.*$/, '');
}

function shortCondition({ Condition }: Statement): string {
  if (Condition === undefined) return '';
  const [[operator, terms]] = Object.entries(Condition);
  const [[key, value]] = Object.entries(terms);
  return ` if ${key} ${operator} ${value}`;
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, string>>;
}

function list<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}
