import type { Contract } from './contract.ts';
import { FIND_CLAUSES } from './landing-zone/find-clauses.ts';
import { LISTING_CLAUSES } from './landing-zone/listing-clauses.ts';
import { READING_CLAUSES } from './landing-zone/reading-clauses.ts';
import { VERSION_CLAUSES } from './landing-zone/version-clauses.ts';
import type { LandingZoneSubject } from './landing-zone-subject.ts';

/** The place where shops drop their files. */
export const landingZoneContract: Contract<LandingZoneSubject> = {
  port: 'LandingZone',
  clauses: { ...LISTING_CLAUSES, ...FIND_CLAUSES, ...VERSION_CLAUSES, ...READING_CLAUSES },
};
