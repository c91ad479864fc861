/** An address of the dashboard; what is undefined or empty is left out. */
export function linkTo(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)] as [string, string])).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The page of a run. */
export function runLink(runId: string): string {
  return `/runs/${encodeURIComponent(runId)}`;
}
