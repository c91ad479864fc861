import { resolve } from 'node:path';

/** Where events of OpenLineage go. */
export type LineageTarget =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly apiKey: string | undefined };

/**
 * Where the option says, else where the variables say that OpenLineage's own clients go by: `OPENLINEAGE_URL`,
 * `OPENLINEAGE_ENDPOINT` and `OPENLINEAGE_API_KEY`.
 *
 * @param option checked already
 * @returns undefined where nothing is said
 * @throws Error see `checkLineageUrl`
 */
export function chooseLineageTarget(
  option: string | undefined,
  env: NodeJS.ProcessEnv,
  cwd: string,
): LineageTarget | undefined {
  if (option !== undefined && !isUrl(option)) return { kind: 'file', path: resolve(cwd, option) };
  const given = option ?? env.OPENLINEAGE_URL;
  if (!given) return undefined;
  const url = checkLineageUrl(given);
  const endpoint = env.OPENLINEAGE_ENDPOINT || 'api/v1/lineage';
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${endpoint.replace(/^\/+/, '')}`;
  return { kind: 'url', url: url.href, apiKey: env.OPENLINEAGE_API_KEY || undefined };
}

/** Whether the option names an address, not a file. */
export function isUrl(option: string): boolean {
  return option.includes('://');
}

/** @throws Error in a sentence that does not repeat what was given: it may hold a password */
export function checkLineageUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Error('It is no address that begins with http:// or https://');
  if (url.username !== '' || url.password !== '')
    throw new Error('A user or a password in the address is not sent. Put a key into OPENLINEAGE_API_KEY');
  return url;
}
