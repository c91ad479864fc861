import { Command } from 'commander';
import type { ScreenStream } from '../output/screen.ts';
import { addArchive } from './add-archive.ts';
import { addBackfill } from './add-backfill.ts';
import { addCompletion } from './add-completion.ts';
import { addConfig } from './add-config.ts';
import { addDemo } from './add-demo.ts';
import { addDimensions } from './add-dimensions.ts';
import { addDoctor } from './add-doctor.ts';
import { addExplain } from './add-explain.ts';
import { addGaps } from './add-gaps.ts';
import { addGenerate } from './add-generate.ts';
import { addIngest } from './add-ingest.ts';
import { addInit } from './add-init.ts';
import { addPlan } from './add-plan.ts';
import { addRejects } from './add-rejects.ts';
import { addReport } from './add-report.ts';
import { addRuns } from './add-runs.ts';
import { addServe } from './add-serve.ts';
import { addTransform } from './add-transform.ts';
import { addUndo } from './add-undo.ts';
import { addValidate } from './add-validate.ts';
import { addWatch } from './add-watch.ts';
import { examples } from './examples.ts';
import { addGlobalOptions } from './global-options.ts';
import type { Start } from './start.ts';
import { version } from './version.ts';

/**
 * The grammar of the command line. What it finds wrong it throws as a CommanderError.
 *
 * @param called the first argument: where it names a command, the others are left out, which is a tenth of a start
 */
export function buildProgram(
  start: Start,
  streams: { stdout: ScreenStream; stderr: ScreenStream },
  called = '',
): Command {
  const program = addGlobalOptions(new Command('weir'))
    .description(
      'Weir turns CSV files of shop transactions that land in a folder or in S3 into one trustworthy fact table in Postgres ' +
        'or Redshift: every row is checked, enriched and upserted, and the books of every run close.',
    )
    .version(version(), '--version', 'the version of Weir')
    .helpOption('-h, --help', 'this help')
    .helpCommand('help [command]', 'the help of a command')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      // Told later, in the form of all failures.
      outputError: () => undefined,
    })
    .exitOverride()
    .addHelpText('after', EXIT_CODES)
    .addHelpText('after', examples('weir demo', 'weir init', 'weir ingest --landing landing --archive archive'));

  const one = Object.hasOwn(COMMANDS, called) && called !== KNOWS_ALL ? COMMANDS[called] : undefined;
  for (const add of one === undefined ? Object.values(COMMANDS) : [one]) add(program, start);
  return program;
}

/** The command that tells of all others. */
const KNOWS_ALL = 'completion';

/** In the order of the help. */
const COMMANDS: Readonly<Record<string, (program: Command, start: Start) => void>> = {
  demo: addDemo,
  generate: addGenerate,
  init: addInit,
  dimensions: addDimensions,
  validate: addValidate,
  plan: addPlan,
  ingest: addIngest,
  watch: addWatch,
  transform: addTransform,
  runs: addRuns,
  rejects: addRejects,
  report: addReport,
  serve: addServe,
  explain: addExplain,
  undo: addUndo,
  gaps: addGaps,
  backfill: addBackfill,
  archive: addArchive,
  config: addConfig,
  doctor: addDoctor,
  completion: addCompletion,
};

const EXIT_CODES = `
Exit codes:
  0  done
  1  failed
  2  wrong usage or configuration
  3  done, but a file was refused, an undo left facts as they are or, with --fail-on-rejects, a row was rejected; validate: a
     file has a fault; gaps --fail-on-gaps: there is a gap; archive verify: it is not whole
  130 and 143  interrupted by Ctrl-C or SIGTERM; nothing is left half done

With --json a failure is the document {"error":{"code","message","remedy"}}; with --csv standard output is empty then. WEIR_DEBUG=1 shows where in the code a
failure came from, NO_COLOR=1 turns colours off.`;
