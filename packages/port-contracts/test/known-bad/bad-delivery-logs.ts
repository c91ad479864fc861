import type { DeliveryDay, DeliveryLog, FileQuery, LoggedFile } from '@weir/core';
import { InMemoryWarehouse } from '@weir/core/testing';
import type { DeliveryLogSubject, Open } from '../../src/index.ts';
import { collect } from './collect.ts';
import { replaceMethods } from './replace-methods.ts';

const EVERYTHING = { fromDay: '2023-01-01', toDay: '2023-12-31' };

/** Logs of deliveries that are wrong on purpose. */
export const BAD_DELIVERY_LOGS: Readonly<Record<string, Open<DeliveryLogSubject>>> = {
  'tells of a file where there is none': mapping((all) => (all.length === 0 ? [{} as LoggedFile] : all)),
  'cuts sizes at 32 bits': mapping((all) => all.map((file) => ({ ...file, size: file.size | 0 }))),
  'tells when the file was modified for when it was loaded': mapping((all) =>
    all.map((file) => ({ ...file, loadedAt: file.sourceModified })),
  ),
  'reads in the order of keys': mapping((all) => all.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))),
  'reads in the order of a language': mapping((all) => {
    const { compare } = new Intl.Collator('en');
    return all.toSorted((a, b) => compare(a.sourceDay, b.sourceDay) || compare(a.key, b.key));
  }),
  'does not order the runs of a key': mapping((all) =>
    all.toSorted((a, b) => (a.key !== b.key || a.sourceDay !== b.sourceDay ? 0 : a.runId < b.runId ? 1 : -1)),
  ),
  'reads the first page only': paging((pages) => pages.slice(0, 1)),
  'reads all at once, and an empty page behind it': paging((pages) => [pages.flat(), []]),
  'does not read on behind a place': asking(({ after: _, ...query }) => query),
  'passes over the other runs of a key': asking((query) =>
    query.after === undefined ? query : { ...query, after: { ...query.after, runId: '\u{10ffff}' } },
  ),
  'does not know a limit': asking(({ limit: _, ...query }) => query),
  'does not know a first day': asking(({ fromDay: _, ...query }) => query),
  'does not know a last day': asking(({ toDay: _, ...query }) => query),
  'does not know a status': asking(({ statuses: _, ...query }) => query),
  'adds up nothing': adding(() => []),
  'lists all days': adding((days) => days, EVERYTHING),
  'lists days backwards': adding((days) => days.toReversed()),
  'counts replays': open((log) =>
    replaceMethods(log, {
      days: async (range) => {
        const replays = (await collect(log.files({ ...range, statuses: ['replayed'] }))).flat();
        return (await log.days(range)).map((day) => ({ ...day, loaded: day.loaded + replays.length }));
      },
    }),
  ),
  'counts a delivery whenever it is refused': open((log) =>
    replaceMethods(log, {
      days: async (range) => {
        const refused = (await collect(log.files({ ...range, statuses: ['refused'] }))).flat();
        return (await log.days(range)).map((day) => ({
          ...day,
          refused: refused.filter(({ sourceDay }) => sourceDay === day.day).length,
        }));
      },
    }),
  ),
  'takes any range': open((log) =>
    replaceMethods(log, { days: (range) => log.days(range).catch((): readonly DeliveryDay[] => []) }),
  ),
};

function open(spoil: (log: DeliveryLog) => DeliveryLog): Open<DeliveryLogSubject> {
  return async () => {
    const warehouse = new InMemoryWarehouse();
    return { warehouse, deliveries: spoil(warehouse), close: async () => {} };
  };
}

function asking(change: (query: FileQuery) => FileQuery): Open<DeliveryLogSubject> {
  return open((log) => replaceMethods(log, { files: (query) => log.files(change(query)) }));
}

function paging(
  change: (pages: readonly (readonly LoggedFile[])[]) => readonly (readonly LoggedFile[])[],
): Open<DeliveryLogSubject> {
  return open((log) =>
    replaceMethods(log, {
      async *files(query) {
        yield* change(await collect(log.files(query)));
      },
    }),
  );
}

function mapping(change: (all: readonly LoggedFile[]) => readonly LoggedFile[]): Open<DeliveryLogSubject> {
  return paging((pages) => [change(pages.flat())].filter((page) => page.length > 0));
}

function adding(
  change: (days: readonly DeliveryDay[]) => readonly DeliveryDay[],
  range?: Parameters<DeliveryLog['days']>[0],
): Open<DeliveryLogSubject> {
  return open((log) => replaceMethods(log, { days: async (asked) => change(await log.days(range ?? asked)) }));
}
