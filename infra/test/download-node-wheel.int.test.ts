import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { downloadNodeWheel } from '../src/commands/download-node-wheel.ts';
import { nodeWheelPath } from '../src/deployed-files.ts';

describe('the download of Node', () => {
  let folder: string;
  let path: string;
  const given = process.env.PYTHON;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-wheel-'));
    path = nodeWheelPath(folder, 'real');
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
    if (given === undefined) delete process.env.PYTHON;
    else process.env.PYTHON = given;
  });

  /** A program in place of Python that leaves the given bytes where pip was told to put the wheel. */
  function pythonThatBrings(bytes: string): string {
    const program = join(folder, 'python');
    writeFileSync(program, `#!/bin/sh\nprintf %s '${bytes}' > '${path}'\n`);
    chmodSync(program, 0o755);
    return program;
  }

  test('takes no wheel with another hash, and leaves none', async () => {
    process.env.PYTHON = pythonThatBrings('something else');
    await expect(downloadNodeWheel(folder)).rejects.toThrow(/should have the SHA-256 .* Nothing was deployed/);
    expect(existsSync(path)).toBe(false);
  });

  test('does not trust a wheel that is there', async () => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'something that was left there');
    process.env.PYTHON = join(folder, 'no-such-python');
    await expect(downloadNodeWheel(folder)).rejects.toThrow(/with pip \(Python 3 with pip is needed .* failed/);
    expect(readdirSync(dirname(path))).toEqual([]);
  });
});
