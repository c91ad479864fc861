import type { LandedContent, LandedFile, LandingZone } from '@weir/core';
import { InMemoryLandingZone, type InMemoryLandingZoneOptions } from '@weir/core/testing';
import type { LandingZoneSubject, Open } from '../../src/index.ts';
import { collect } from './collect.ts';
import { openInMemoryLanding } from './open-in-memory-landing.ts';
import { replaceMethods } from './replace-methods.ts';

/** Landing zones that are wrong on purpose. */
export const BAD_LANDING_ZONES: Readonly<Record<string, Open<LandingZoneSubject>>> = {
  'does not say where it is': spoil(() => ({ location: '' })),
  'lists a folder for a file': listing((files) =>
    files.length > 0 ? files : [{ key: 'x/', size: 0, modifiedAt: 0, version: '' }],
  ),
  'gives every listing another version': spoil((landing) => {
    let listings = 0;
    return {
      async *list() {
        listings++;
        for await (const page of landing.list()) {
          yield page.map((file) => ({ ...file, version: `${file.version} ${listings}` }));
        }
      },
      open: (file) => landing.open({ ...file, version: file.version.split(' ')[0]! }),
    };
  }),
  'lists in the order of arrival': listing((files) => files.toSorted((a, b) => (a.version < b.version ? -1 : 1))),
  'lists in the order of UTF-16': listing((files) => files.toSorted((a, b) => (a.key < b.key ? -1 : 1))),
  'lists folder by folder': listing((files) =>
    files.toSorted((a, b) => (a.key.split('/').join('\0') < b.key.split('/').join('\0') ? -1 : 1)),
  ),
  'lists the first page only': spoil((landing) => ({
    async *list() {
      for await (const page of landing.list()) return yield page;
    },
  })),
  'lists hidden files': spoil((landing) => ({
    async *list() {
      for await (const page of landing.list()) yield page;
      for (const key of ['_SUCCESS', 'x/_SUCCESS']) {
        const found = landing.peek(key);
        if (found !== undefined) yield [found.file];
      }
    },
  })),
  'tells times in seconds': listing((files) =>
    files.map((file) => ({ ...file, modifiedAt: Math.floor(file.modifiedAt / 1000) })),
  ),
  'rounds times to seconds': listing((files) =>
    files.map((file) => ({ ...file, modifiedAt: Math.floor(file.modifiedAt / 1000) * 1000 })),
  ),
  'tells characters for bytes': listing((files) =>
    files.map((file) => ({ ...file, size: Math.max(0, file.size - 1) })),
  ),
  'takes the size for the version': spoil((landing) => ({
    async *list() {
      for await (const page of landing.list()) yield page.map((file) => ({ ...file, version: `${file.size}` }));
    },
    open: async (file) => landing.open(landing.peek(file.key)?.file ?? file),
  })),
  'reads the newest version': spoil((landing) => ({
    open: async (file) => landing.open(landing.peek(file.key)?.file ?? file),
  })),
  'lists the newest of the versions that it keeps': spoil(
    (landing) => ({
      async *list() {
        for await (const page of landing.list()) yield page.map(({ key }) => landing.peek(key)!.file);
      },
    }),
    { keepsVersions: true },
  ),
  'hides the older versions of a key once a newer one is taken': spoil(
    (landing) => ({
      find: async (key, version) => {
        const newest = await landing.find(key);
        return version === undefined || newest?.version === version ? newest : undefined;
      },
    }),
    { keepsVersions: true },
  ),
  'finds the oldest version': finding(
    async (landing, key, version) =>
      version === undefined
        ? (await collect(landing.list())).flat().find((file) => file.key === key)
        : landing.find(key, version),
    { keepsVersions: true },
  ),
  'finds the newest version where another one is asked for': finding((landing, key) => landing.find(key)),
  'finds hidden files': finding(async (landing, key, version) => landing.peek(key, version)?.file),
  'finds a file by the beginning of its key': finding(async (landing, key, version) => {
    const files = (await collect(landing.list())).flat();
    return files.find((file) => file.key.startsWith(key) && (version ?? file.version) === file.version);
  }),
  'finds nothing without a version': finding(async (landing, key, version) =>
    version === undefined ? undefined : landing.find(key, version),
  ),
  'finds a removed file again': spoil((landing) => {
    const found = new Map<string, LandedFile>();
    return {
      find: async (key, version) => {
        const file = await landing.find(key, version);
        if (file !== undefined) found.set(`${key} ${file.version}`, file);
        return version === undefined ? file : found.get(`${key} ${version}`);
      },
    };
  }),
  'reads an empty file where there is none': opening(
    (content) => content,
    () => ({
      chunks: (async function* () {})(),
      contentHash: () => 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      close: async () => {},
    }),
  ),
  'drops the last chunk': opening((content) => ({
    ...content,
    chunks: (async function* () {
      let last: Uint8Array | undefined;
      for await (const chunk of content.chunks) {
        if (last !== undefined) yield last;
        last = chunk;
      }
    })(),
  })),
  'reuses a chunk before the next one was asked for': opening((content) => ({
    ...content,
    chunks: (async function* () {
      for await (const chunk of content.chunks) {
        setTimeout(() => chunk.fill(0), 0);
        yield chunk;
      }
    })(),
  })),
  'tells a hash before the end': opening((content) => ({
    ...content,
    chunks: content.chunks,
    contentHash: () => {
      try {
        return content.contentHash();
      } catch {
        return `sha256:${'0'.repeat(64)}`;
      }
    },
  })),
  'tells the hash without its algorithm': opening((content) => ({
    ...content,
    chunks: content.chunks,
    contentHash: () => content.contentHash().slice('sha256:'.length),
  })),
  'cannot be closed twice': opening((content) => {
    let closed = 0;
    return {
      ...content,
      close: async () => {
        if (++closed > 1) throw new Error('It is closed already.');
      },
    };
  }),
};

function spoil(
  methods: (landing: InMemoryLandingZone) => Partial<LandingZone>,
  options?: InMemoryLandingZoneOptions,
): Open<LandingZoneSubject> {
  return async () => {
    const landing = new InMemoryLandingZone('memory:bad', options);
    return { ...openInMemoryLanding(landing), landing: replaceMethods<LandingZone>(landing, methods(landing)) };
  };
}

function listing(map: (files: readonly LandedFile[]) => readonly LandedFile[]): Open<LandingZoneSubject> {
  return spoil((landing) => ({
    async *list() {
      yield map((await collect(landing.list())).flat());
    },
  }));
}

function finding(
  find: (landing: InMemoryLandingZone, key: string, version?: string) => Promise<LandedFile | undefined>,
  options?: InMemoryLandingZoneOptions,
): Open<LandingZoneSubject> {
  return spoil((landing) => ({ find: (key, version) => find(landing, key, version) }), options);
}

function opening(
  map: (content: LandedContent) => LandedContent,
  replace?: () => LandedContent,
): Open<LandingZoneSubject> {
  return spoil((landing) => ({
    open: async (file) => {
      if (replace !== undefined && landing.peek(file.key) === undefined) return replace();
      return map(await landing.open(file));
    },
  }));
}
