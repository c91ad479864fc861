import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { LandedFile, LandingZone } from '@weir/core';

/** `sha256:` and 64 hexadecimal digits. */
export function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** All files of a landing place, in the order in which it lists them. */
export async function listFiles(zone: LandingZone): Promise<LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of zone.list()) files.push(...page);
  return files;
}

/** The content of a file, whose hash must be the one that is told. */
export async function readFile(zone: LandingZone, file: LandedFile): Promise<string> {
  const content = await zone.open(file);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.chunks) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(content.contentHash()).toBe(hashOf(bytes));
  return bytes.toString();
}
