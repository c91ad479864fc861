import type { LandedFile, LandingZone } from '@weir/core';

export async function listAll(landing: LandingZone): Promise<LandedFile[]> {
  const files: LandedFile[] = [];
  for await (const page of landing.list()) files.push(...page);
  return files;
}

export async function listKeys(landing: LandingZone): Promise<string[]> {
  return (await listAll(landing)).map(({ key }) => key);
}

export async function read(landing: LandingZone, file: LandedFile): Promise<{ bytes: Buffer; contentHash: string }> {
  const content = await landing.open(file);
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content.chunks) chunks.push(new Uint8Array(chunk));
    return { bytes: Buffer.concat(chunks), contentHash: content.contentHash() };
  } finally {
    await content.close();
  }
}
