import type { DecisionLog, DeliveryLog, FactReader, RejectStore, RunHistory } from '@weir/core';
import type { LiveFeed } from '../live/live-feed.ts';

/** What the dashboard asks. */
export interface DashboardSources {
  readonly history: Pick<RunHistory, 'runs' | 'run' | 'sumUp'>;
  readonly deliveries: DeliveryLog;
  readonly decisions: DecisionLog;
  readonly facts: Pick<FactReader, 'totals' | 'fact'>;
  readonly rejects: Pick<RejectStore, 'readRejects'>;
  /** Undefined where no run is followed. */
  readonly live: LiveFeed | undefined;
}

export interface DashboardOptions {
  /** Names of amount classes in the order of the policy. */
  readonly classes: readonly string[];
  /** Whether rejected records and customers are shown: personal data. */
  readonly withValues: boolean;
  /** Whether a request for this host, as the browser names it, is meant for the dashboard. */
  readonly isOurHost: (host: string) => boolean;
  /** What a page says of an error. */
  readonly describeError: (error: unknown) => { readonly message: string; readonly remedy?: string | undefined };
}

export type Dashboard = DashboardSources & Pick<DashboardOptions, 'classes' | 'withValues'>;
