import { once } from 'node:events';
import { resolve } from 'node:path';
import { parsePolicy } from '@weir/core';
import { createDashboard, LiveFeed } from '@weir/pages';
import { withDatabase } from '../composition/with-database.ts';
import { describeFailure } from '../errors/failure.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { membersOf } from '../output/column.ts';
import { followFile } from '../serve/follow-file.ts';
import { listen } from '../serve/listen.ts';
import { isLoopback, ourHosts } from '../serve/our-hosts.ts';
import type { Session } from '../session.ts';

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly events?: string | undefined;
  readonly withValues?: true | undefined;
}

export async function serve(session: Session, options: ServeOptions): Promise<number> {
  const { screen, cwd } = session;
  const { signal } = session.interruption;
  const { host, events } = options;
  const { amountClasses } = session.policy ?? parsePolicy();
  return await withDatabase(session, async (ports) => {
    const { history, deliveries, decisions, facts, rejects } = ports;
    const live = events === undefined ? undefined : new LiveFeed();
    const answer = (port: number) =>
      createDashboard(
        { history, deliveries, decisions, facts, rejects, live },
        {
          classes: amountClasses.map(({ name }) => name),
          withValues: options.withValues === true,
          isOurHost: ourHosts(host, port),
          describeError: describeFailure,
        },
      ).fetch;
    const server = await listen(answer, host, options.port);
    const following = live && followFile(resolve(cwd, events!), (line) => live.take(line), signal);
    try {
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${server.port}/`;
      screen.document({ url });
      screen.records(membersOf('url'), [{ url }]);
      screen.say(`The dashboard is at ${url}. Ctrl-C ends it.`);
      if (!isLoopback(host)) screen.note(OPEN);
      if (!signal.aborted) await once(signal, 'abort');
    } finally {
      await server.close();
      await following;
    }
    return EXIT_CODE.done;
  });
}

const OPEN = 'Whoever can reach this address sees names of files, counts and transactions: nobody is asked who he is.';
