import { describeFailure } from '../errors/failure.ts';
import type { Session } from '../session.ts';
import type { Finding } from './finding.ts';

/** Collects what checks find: what they throw is a failed check, not the end of the command. */
export class Examination {
  readonly findings: Finding[] = [];
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** What was found; undefined where the check failed. */
  async look<Found>(
    check: string,
    work: () => Promise<Found>,
    tell: (found: Found) => string,
  ): Promise<Found | undefined> {
    const { interruption } = this.session;
    try {
      const found = await interruption.race(work());
      this.findings.push({ check, status: 'ok', message: tell(found) });
      return found;
    } catch (error) {
      interruption.signal.throwIfAborted();
      const { code, message, remedy } = describeFailure(error);
      this.findings.push({ check, status: 'failed', code, message, remedy });
      return undefined;
    }
  }

  skip(check: string, message: string): void {
    this.findings.push({ check, status: 'skipped', message });
  }
}
