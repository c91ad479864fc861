/** Loaded into `weir` before its own code (`node --import`): notes at its end how much memory it held at most, in KiB. */
import { writeFileSync } from 'node:fs';

process.once('exit', () => writeFileSync(process.env.WEIR_TRIAL_LOG!, String(process.resourceUsage().maxRSS)));
