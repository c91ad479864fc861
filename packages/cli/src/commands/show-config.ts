import { parsePolicy, policyHash } from '@weir/core';
import { printable } from '@weir/core/text';
import { listSettings } from '../config/list-settings.ts';
import { describeSource } from '../config/setting-source.ts';
import { EXIT_CODE } from '../exit-code.ts';
import type { PlaceNames } from '../ingest/choose-places.ts';
import type { Column } from '../output/column.ts';
import { tellTable } from '../output/tell-table.ts';
import type { Session } from '../session.ts';

export async function showConfig(session: Session, names: PlaceNames): Promise<number> {
  const { screen, configuration } = session;
  const policy = session.policy ?? parsePolicy();
  const hash = await policyHash(policy);
  const settings = (await listSettings(session, names)).map(({ key, value, from }) => ({
    ...{ key, value: value ?? null },
    from: from === undefined ? 'not set' : describeSource(from),
  }));
  screen.document({
    file: configuration?.file ?? null,
    profile: configuration?.profile ?? null,
    ...{ policy, policyHash: hash, settings },
  });
  const file = configuration?.file ?? 'none, for there is neither weir.config.ts nor weir.config.json here';
  screen.say(printable(`Configuration file: ${file}`));
  if (configuration?.profile !== undefined) screen.say(`Profile: ${configuration.profile}`);
  screen.say();
  tellTable(screen, COLUMNS, settings);
  screen.say();
  screen.say(`Policy hash: ${hash}`);
  return EXIT_CODE.done;
}

type Line = { readonly key: string; readonly value: string | null; readonly from: string };

const COLUMNS: readonly Column<Line>[] = [
  { name: 'key', value: ({ key }) => key },
  { name: 'value', value: ({ value }) => value, gives: true },
  { name: 'from', value: ({ from }) => from },
];
