import { appendFile, rename, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { followFile } from '../src/serve/follow-file.ts';
import { listen } from '../src/serve/listen.ts';
import { ourHosts } from '../src/serve/our-hosts.ts';
import { openTemporaryFolder, type TemporaryFolder } from './support/temporary-folder.ts';

describe('the hosts that a dashboard answers to', () => {
  test('on a loopback address are those of this machine, with its port', () => {
    for (const listensOn of ['127.0.0.1', 'localhost', '::1']) {
      const isOurs = ourHosts(listensOn, 8337);
      for (const host of ['localhost:8337', 'LOCALHOST:8337', '127.0.0.1:8337', '[::1]:8337']) {
        expect([host, isOurs(host)]).toEqual([host, true]);
      }
      for (const host of STRANGE) expect([host, isOurs(host)]).toEqual([host, false]);
      expect(isOurs('192.168.1.7:8337')).toBe(false);
    }
  });

  test('on any other are also addresses, which no page of others can turn, and the name of this machine', () => {
    const isOurs = ourHosts('0.0.0.0', 8337);
    for (const host of ['192.168.1.7:8337', '[fe80::1]:8337', 'localhost:8337', `${hostname()}:8337`]) {
      expect([host, isOurs(host)]).toEqual([host, true]);
    }
    for (const host of STRANGE) expect([host, isOurs(host)]).toEqual([host, false]);
  });

  test('need no port where it is that of the web', () => {
    expect(ourHosts('127.0.0.1', 80)('localhost')).toBe(true);
  });
});

const STRANGE = [
  '',
  'localhost',
  'localhost:80',
  'evil.example',
  'evil.example:8337',
  'localhost.evil.example:8337',
  'user@localhost:8337',
  'localhost:8337/x',
  'local host:8337',
];

describe('a server', () => {
  test('says which port it took, and closes also what it is answering', async () => {
    const server = await listen(
      (port) => () => new Response(new ReadableStream(), { headers: { port: `${port}` } }),
      '127.0.0.1',
      0,
    );
    const response = await fetch(`http://127.0.0.1:${server.port}/`);
    expect(response.headers.get('port')).toBe(String(server.port));
    await server.close();
    await expect(response.text()).rejects.toThrow();
  });

  test('says that a port is taken, or an address not of this machine', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const answer = () => () => new Response();
    await expect(listen(answer, '127.0.0.1', port)).rejects.toMatchObject({ code: 'serve.port-taken' });
    await expect(listen(answer, '203.0.113.1', 0)).rejects.toMatchObject({ code: 'usage.host', exitCode: 2 });
    other.close();
  });
});

describe('a file that is followed', () => {
  let folder: TemporaryFolder;
  let lines: string[];
  let controller: AbortController;
  let following: Promise<void>;
  let wake: () => void = () => undefined;

  beforeEach(async () => {
    folder = await openTemporaryFolder();
    lines = [];
    controller = new AbortController();
  });
  afterEach(async () => {
    controller.abort();
    await following;
    await folder.remove();
  });

  function follow(): void {
    following = followFile(
      folder.in('events'),
      (line) => {
        lines.push(line);
        wake();
      },
      controller.signal,
    );
  }

  async function until(count: number): Promise<readonly string[]> {
    while (lines.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return lines;
  }

  test('may come later, and gives lines once they are whole', async () => {
    follow();
    await writeFile(folder.in('events'), 'one\ntw');
    expect(await until(1)).toEqual(['one']);
    await appendFile(folder.in('events'), 'o é\nthree\n');
    expect(await until(3)).toEqual(['one', 'two é', 'three']);
  });

  test('may be emptied and replaced', async () => {
    await writeFile(folder.in('events'), 'old and long\n');
    follow();
    await until(1);
    await truncate(folder.in('events'));
    await appendFile(folder.in('events'), 'new\n');
    expect(await until(2)).toEqual(['old and long', 'new']);
    await writeFile(folder.in('next'), 'another file\n');
    await rename(folder.in('next'), folder.in('events'));
    expect(await until(3)).toEqual(['old and long', 'new', 'another file']);
  });

  test('is read from its last megabyte on', async () => {
    const line = `${'x'.repeat(1023)}\n`;
    await writeFile(folder.in('events'), `first\n${line.repeat(2048)}last\n`);
    follow();
    await until(1024);
    expect(lines.at(-1)).toBe('last');
    expect(lines).not.toContain('first');
  });
});
