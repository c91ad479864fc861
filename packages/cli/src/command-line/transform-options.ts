import type { ResourceOptions } from './add-resources.ts';

export interface TransformOptions extends ResourceOptions {
  readonly file: string;
  readonly products: string;
  readonly customers: string;
  readonly out: string;
}
