/** What S3 tells of one content of a key. */
export interface S3Version {
  /** `null`, or nothing at all, where the bucket keeps no versions. */
  readonly versionId?: string | undefined;
  /** With or without its quotes. */
  readonly etag?: string | undefined;
}

/**
 * The version of a landed file: `v:` and the version id, or `e:` and the ETag where the bucket keeps no versions. The one
 * place that makes it, so that events, listings and ledger entries name the same delivery alike.
 */
export function toLandedVersion({ versionId, etag }: S3Version): string {
  if (versionId !== undefined && versionId !== '' && versionId !== 'null') return `v:${versionId}`;
  return `e:${(etag ?? '').replaceAll('"', '')}`;
}

/** The ETag as a condition wants it; undefined of a version that has an id, which needs none. */
export function etagOf(version: string): string | undefined {
  return version.startsWith('e:') ? `"${version.slice('e:'.length)}"` : undefined;
}
