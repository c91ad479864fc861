import { hash } from 'node:crypto';

/**
 * WebCrypto hands every digest to another thread, which for some hundred bytes takes a hundred times as long as the digest.
 * Makes it compute SHA-256 where it is called, for as long as this process lives.
 */
export function digestAtOnce(): void {
  crypto.subtle.digest = async (algorithm, data) => {
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
    if (algorithm !== 'SHA-256') throw new Error(`Only SHA-256 is asked for, not ${JSON.stringify(algorithm)}.`);
    return new Uint8Array(hash('sha256', new Uint8Array(bytes), 'buffer')).buffer;
  };
}
