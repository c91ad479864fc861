import type { Session } from '../session.ts';

/** What the configuration says about AWS; what it leaves out, the SDK looks for by itself. */
export interface AwsSettings {
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

export function awsSettingsOf({ configuration }: Pick<Session, 'configuration'>): AwsSettings {
  return { region: configuration?.region?.value, profile: configuration?.awsProfile?.value };
}
