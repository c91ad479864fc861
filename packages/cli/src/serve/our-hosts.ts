import { isIP } from 'node:net';
import { hostname } from 'node:os';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Which hosts in requests are meant for a server that listens there. A page of others can turn a name of its own to this
 * machine, but not an address: where others may ask, addresses are taken, and of names only this machine's.
 */
export function ourHosts(listensOn: string, port: number): (host: string) => boolean {
  const names = new Set([...LOOPBACK, listensOn.toLowerCase()]);
  const isOpen = !isLoopback(listensOn);
  if (isOpen) names.add(hostname().toLowerCase());
  return (host) => {
    const url = URL.parse(`http://${host}/`);
    if (url === null || url.host === '' || url.username !== '' || url.pathname !== '/') return false;
    const name = url.hostname.replace(/^\[|\]$/g, '');
    return Number(url.port || 80) === port && (names.has(name) || (isOpen && isIP(name) !== 0));
  };
}
