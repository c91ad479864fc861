import type { Configuration } from '@weir/config';
import type { Policy } from '@weir/core';
import type { GlobalOptions } from './command-line/global-options.ts';
import type { Interruption } from './interrupt/interruption.ts';
import type { Screen } from './output/screen.ts';

/** What every command is given beside its own options. */
export interface Session {
  readonly options: GlobalOptions;
  /** Undefined where there is none. */
  readonly configuration: Configuration | undefined;
  /** Of the configuration. */
  readonly policy: Policy | undefined;
  readonly screen: Screen;
  readonly interruption: Interruption;
  /** Paths on the command line are meant from here. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Where a person on a terminal answers questions. */
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
}

/** A command; resolves to the exit code. */
export type Action<Options> = (session: Session, options: Options) => Promise<number>;
