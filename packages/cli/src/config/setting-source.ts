import { basename } from 'node:path';
import type { Origin } from '@weir/config';

/** Where a setting comes from. */
export type SettingSource =
  | Origin
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'environment'; readonly name: string };

/** `flag --landing`, `environment AWS_REGION`, `profile prod`, `file weir.config.json`, `default`. */
export function describeSource(source: SettingSource): string {
  if (source.kind === 'default') return 'default';
  return `${source.kind} ${source.kind === 'file' ? basename(source.path) : source.name}`;
}
