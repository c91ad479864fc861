/**
 * Hands out sequencers: each one is later than all before it, by the rule that AWS gives (pad the shorter one with zeros on
 * the right, then compare as text). Their lengths differ, as those of AWS do, so that who compares them raw is found out.
 */
export class Sequencer {
  private seconds = 0;
  private count = 0;

  next(now: Date): string {
    const seconds = Math.max(this.seconds, Math.floor(now.getTime() / 1000));
    this.count = seconds === this.seconds ? this.count + 1 : 1;
    this.seconds = seconds;
    const digits = (this.count * 0x4000).toString(16).padStart(10, '0');
    return `00${seconds.toString(16).padStart(8, '0')}${digits.replace(/(00)+$/, '')}`.toUpperCase();
  }
}
