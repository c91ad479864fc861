/** What a transform reads and where it writes. */
export interface Job {
  /** A CSV file of transactions under a hive path. */
  readonly input: string;
  /** The day in that path, `YYYY-MM-DD`, for programs that cannot read it there. */
  readonly fileDay: string;
  readonly products: string;
  readonly customers: string;
  /** A folder that is empty before each run. */
  readonly out: string;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** One way to do a job, as a whole process. `README.md` tells what it must write. */
export interface Subject<J = Job> {
  readonly name: string;
  /** Once before the first round, not timed: installs, builds, starts. */
  prepare?(job: J): Promise<void>;
  /** Before each run, not timed: puts back what the run before changed. */
  reset?(job: J): Promise<void>;
  command(job: J): Command;
  /** After the last run, not timed: brings into the folder of the output what was written elsewhere. */
  collect?(job: J): Promise<void>;
  /** How its output is written; without one nothing is compared. */
  readonly output?: OutputFormat;
  /** Its memory is that of all its processes: a driver and a JVM, a driver and executors. */
  readonly hasChildren?: boolean;
}

/** `staged`: staged text of `weir transform`; `csv`: RFC 4180 without a header. */
export type OutputFormat = 'staged' | 'csv';
