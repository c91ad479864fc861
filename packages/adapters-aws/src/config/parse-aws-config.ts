import { PortError } from '@weir/core';
import { type AwsConfig, awsConfigSchema } from './aws-config.ts';

/**
 * Reads the configuration from its JSON text.
 *
 * @param source where the text was found, for messages: `WEIR_CONFIG`
 * @throws PortError `config.invalid`, which names every key that is wrong
 */
export function parseAwsConfig(text: string | undefined, source: string): AwsConfig {
  if (text === undefined || text.trim() === '') throw toError(source, ['is not set'], 0);
  const result = awsConfigSchema.safeParse(parseJson(text, source));
  if (result.success) return refuseContradictions(result.data, source);
  const { issues } = result.error;
  throw toError(source, issues.map(tellIssue), issues.length);
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The reason would quote the text.
    throw toError(source, ['is no JSON'], 1);
  }
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function tellIssue(issue: Issue): string {
  const key = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return key === '' ? issue.message : `${key}: ${issue.message}`;
  return issue.keys!.map((unknown) => `${key === '' ? unknown : `${key}.${unknown}`}: is no such key`).join('; ');
}

/** What is taken away would come back as newly landed; and a user whom the set-up makes has a secret of its own. */
function refuseContradictions(config: AwsConfig, source: string): AwsConfig {
  const places = ['archive', 'quarantine', 'staging'] as const;
  const problems = places
    .filter((place) => config[place].bucket === config.landing.bucket)
    .map((place) => `${place}.bucket: must be another bucket than landing.bucket`);
  if (config.archive.bucket === config.quarantine.bucket) {
    problems.push('quarantine.bucket: must be another bucket than archive.bucket');
  }
  if (config.administrator !== undefined && config.redshift.secretArn === undefined) {
    problems.push('redshift.secretArn: must be given where administrator is');
  }
  if (problems.length > 0) throw toError(source, problems, problems.length);
  return config;
}

function toError(source: string, problems: readonly string[], count: number): PortError {
  return new PortError({
    code: 'config.invalid',
    message: `The configuration in ${source} cannot be used: ${problems.join('; ')}.`,
    remedy: 'Deploy again, which writes it anew, or correct it where it was set by hand.',
    context: { source, problems: count },
  });
}
