import { examine } from '../doctor/examine.ts';
import { tellFindings } from '../doctor/tell-findings.ts';
import { EXIT_CODE } from '../exit-code.ts';
import type { PlaceNames } from '../ingest/choose-places.ts';
import type { Session } from '../session.ts';

export async function doctor(session: Session, names: PlaceNames): Promise<number> {
  const findings = await examine(session, names);
  tellFindings(session.screen, findings);
  return findings.some(({ status }) => status === 'failed') ? EXIT_CODE.failed : EXIT_CODE.done;
}
