/**
 * What an audit of the dependencies comes to.
 *
 * @param report what `pnpm audit --json` printed
 * @param explained why a known vulnerability does not matter here, by its id (`GHSA-...`)
 * @returns the lines to tell, and the exit code: 0 clean or explained; 1 something to do; 2 it could not be looked at
 */
export function judgeAudit(report, explained) {
  const { advisories, metadata, error } = parse(report);
  if (advisories === undefined || metadata?.totalDependencies === undefined) {
    const why = error?.message ?? 'its answer is none that this command knows';
    return { exitCode: 2, lines: [`Not audited: ${why}`, 'Run it where the registry offers its audit: npm run audit'] };
  }
  const found = Object.values(advisories);
  const open = found.filter((advisory) => explained[idOf(advisory)] === undefined);
  const stale = Object.keys(explained).filter((id) => !found.some((advisory) => idOf(advisory) === id));
  const lines = [
    ...found.map((advisory) => tell(advisory, explained[idOf(advisory)])),
    ...stale.map((id) => `${id} is explained, but no longer found: remove it from scripts/audit-explained.json.`),
    `${metadata.totalDependencies} packages: ${found.length} known vulnerabilities, ${found.length - open.length} of them explained.`,
  ];
  return { exitCode: open.length + stale.length > 0 ? 1 : 0, lines };
}

function parse(report) {
  try {
    return JSON.parse(report);
  } catch {
    return {};
  }
}

function idOf({ github_advisory_id: id, url = '' }) {
  return id ?? /GHSA-[\w-]+/.exec(url)?.[0] ?? url;
}

function tell(advisory, why) {
  const { module_name: name, severity, title, findings = [] } = advisory;
  const way = findings[0]?.paths?.[0] ?? name;
  return `${idOf(advisory)} ${severity}: ${name}: ${title} (${way})${why === undefined ? '' : `; explained: ${why}`}`;
}
