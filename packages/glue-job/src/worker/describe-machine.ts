import { readFileSync } from 'node:fs';

/** `Amazon Linux 2023, glibc 2.34, Node v24.19.0 on x64`: what a native program depends on. */
export function describeMachine(): string {
  const glibc = (process.report.getReport() as { header?: { glibcVersionRuntime?: string } }).header
    ?.glibcVersionRuntime;
  return `${readOsName()}, glibc ${glibc ?? 'unknown'}, Node ${process.version} on ${process.arch}`;
}

function readOsName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}
