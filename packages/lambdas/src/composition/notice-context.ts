import type { AwsConfig } from '@weir/adapters-aws';
import type { NoticeContext } from '@weir/core/runs';
import { quoteForShell } from './quote-for-shell.ts';

/** Where a deployment has its files, and the commands with which people get at them. */
export function createNoticeContext({ landing, archive, quarantine, ledger }: AwsConfig): NoticeContext {
  const buckets = { landing: landing.bucket, archive: archive.bucket, quarantine: quarantine.bucket };
  const reportOf = (runId: string) => `s3://${ledger.bucket}/${ledger.prefix}runs/closed/${runId}.json`;
  return {
    landing: `s3://${landing.bucket}/${landing.folder}`,
    archive: `s3://${archive.bucket}`,
    quarantine: `s3://${quarantine.bucket}`,
    reportOf,
    lookCloser: (runId) => `aws s3 cp ${quoteForShell(reportOf(runId))} -`,
    replay: (key, from) => {
      const [source, target] = [buckets[from], landing.bucket].map((bucket) => quoteForShell(`s3://${bucket}/${key}`));
      // S3 copies an object onto itself only where something about it changes.
      const change = from === 'landing' ? ' --metadata-directive REPLACE' : '';
      return `aws s3 cp ${source} ${target}${change}`;
    },
  };
}
