import type { Policy } from './policy.ts';

/** `sha256:` and 64 hexadecimal digits over the policy's JSON, so that a run can tell under which policy it decided. */
export async function policyHash(policy: Policy): Promise<string> {
  const json = JSON.stringify(policy, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(json));
  return `sha256:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
