# ---- A sweep on other machines: one cell, that is one run, is one process on one device ----

import datetime
import signal
import threading


def file_name(key):
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def engine_text(engine):
    """The part of a cell's key that says what trained it."""
    where = engine["device"]
    device = where["name"] if where["kind"] == "gpu" else f"cpu {where['threads']} simd"
    return f"{engine['engine']} {engine['backend']} {device}"


def work_of(cell):
    """Floating-point operations of a cell, evaluations included."""
    network, training = NETWORKS[cell["network"]], training_of(cell)
    steps = training["steps"]
    evaluations = 1 + sum(is_evaluation_step(step, steps) for step in range(1, steps + 1))
    evaluated = CALIBRATION_IMAGES + 2 * EVALUATION_IMAGES
    return network["trainingFlops"] * training["batch"] * steps + network["forwardFlops"] * evaluated * evaluations


def memory_of(cell):
    """Bytes that training takes at least: parameters with gradients and moments, and what backpropagation keeps."""
    network, training = NETWORKS[cell["network"]], training_of(cell)
    moments = {"sgd": 0, "adam": 2, "adamw": 2}.get(training["opt"], 1)
    return 4 * network["parameters"] * (2 + moments) + network["activationBytes"] * training["batch"]


def training_of(cell):
    return {**TRAINING, **cell["training"]}


def share_of(text, environment):
    """
    Which share of the cells is this process's, of how many: as --shard says, or torchrun, a Slurm array or step, or an indexed
    job of Kubernetes; without any of them, all.
    """
    if text:
        first, _, second = text.partition("/")
        if not (first.isdigit() and second.isdigit() and int(first) < int(second)):
            raise Refusal(f"--shard {text} is no share: write i/n, with i from 0 to n − 1, for instance --shard 0/4.")
        return int(first), int(second)
    number_in = lambda name, usual=None: int(environment[name]) if environment.get(name, "").isdigit() else usual
    rank, world = number_in("RANK"), number_in("WORLD_SIZE")
    if rank is not None and world is not None:
        return rank, world
    task, tasks = number_in("SLURM_ARRAY_TASK_ID"), number_in("SLURM_ARRAY_TASK_COUNT", 1)
    process, processes = number_in("SLURM_PROCID", 0), number_in("SLURM_NTASKS", 1)
    if task is not None or processes > 1:
        first = (task or 0) - number_in("SLURM_ARRAY_TASK_MIN", 0)
        return first * processes + process, tasks * processes
    index, completions = number_in("JOB_COMPLETION_INDEX"), number_in("JOB_COMPLETIONS")
    if index is not None:
        if completions is None:
            raise Refusal("JOB_COMPLETION_INDEX is set, but not how many there are: set JOB_COMPLETIONS to the job's completions.")
        return index, completions
    return 0, 1


def shares(cells, count):
    """The cells dealt out so that all processes have about as much to do: the largest first, each to whoever has least."""
    dealt = [[] for _ in range(count)]
    loads = [0] * count
    for cell in sorted(cells, key=work_of, reverse=True):
        least = loads.index(min(loads))
        dealt[least].append(cell)
        loads[least] += work_of(cell)
    # Shallow ones first: a fault shows early.
    return [sorted(part, key=work_of) for part in dealt]


def lines_in(folder):
    """The records of all files of a folder; a line that was cut off when its writer was killed is none."""
    records = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if not name.endswith(".jsonl"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for text in file:
                try:
                    record = json.loads(text)
                except ValueError:
                    continue
                if isinstance(record, dict) and "key" in record:
                    records.append(record)
    return records


def keep(file, record):
    """Adds a line, on disk before anything else happens."""
    with open(file, "a+b") as out:
        out.seek(0, os.SEEK_END)
        if out.tell() > 0:
            out.seek(-1, os.SEEK_END)
            if out.read(1) != b"\n":
                out.write(b"\n")
        out.write(line(record).encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())


class Stopped(Exception):
    """Somebody has asked this process to end; where it stood is on disk."""


class Signals:
    """Whether SIGTERM or SIGUSR1 has come, as schedulers send before they kill."""

    def __init__(self):
        self.came = False
        if threading.current_thread() is threading.main_thread():
            for name in ("SIGTERM", "SIGUSR1"):
                if hasattr(signal, name):
                    signal.signal(getattr(signal, name), self.heard)

    def heard(self, *_):
        self.came = True


CHECKPOINT_SECONDS = 600


class Trainer:
    """Trains cells one after the other on one device."""

    def __init__(self, options, device):
        self.options, self.device, self.dtype = options, device, getattr(torch, options.dtype)
        self.engine = engine_of(device, self.dtype)
        self.images = {}
        self.signals = Signals()

    def key(self, cell):
        return cell["key"].replace("{engine}", engine_text(self.engine))

    def images_for(self, training):
        noise = (training["labelnoise"], training["seed"]) if training["labelnoise"] > 0 else None
        asked = (training["train"], training["size"], training["test"], training["input"], noise)
        if asked not in self.images:
            self.images = {asked: Images(DATA, training, self.options.data, self.device, self.dtype)}
        return self.images[asked]

    def run_of(self, cell, images=None):
        training = training_of(cell)
        images = images or self.images_for(training)
        spec = NETWORKS[cell["network"]]["spec"]
        return Run({"training": training}, spec, images, self.device, self.dtype, DATA["classes"], DATA["channels"])

    def trained(self, cell):
        """The record of a finished cell. One that was stopped on the way goes on where it was."""
        key = self.key(cell)
        checkpoint = os.path.join(self.options.results, f"{file_name(key)}.pt")
        run, spent = self.run_of(cell), 0.0
        if os.path.exists(checkpoint):
            state = torch.load(checkpoint, map_location=self.device)
            run.restore(state)
            spent = state["seconds"]
        start = saved = time.perf_counter()
        while not run.is_over():
            for _ in run.advance():
                pass
            now = time.perf_counter()
            if self.signals.came or now - saved > CHECKPOINT_SECONDS:
                # Under another name first: a checkpoint is whole, or is not there.
                torch.save({**run.state(), "seconds": spent + now - start}, checkpoint + ".part")
                os.replace(checkpoint + ".part", checkpoint)
                saved = now
            if self.signals.came and not run.is_over():
                raise Stopped(f"Stopped at step {run.step_number} of {cell['network']}; started again, it goes on from there.")
        record = {
            "key": key,
            "link": cell["link"],
            "engine": self.engine,
            "steps": run.step_number,
            "evaluations": run.evaluations,
            "divergedAt": run.diverged_at,
            "seconds": round(spent + time.perf_counter() - start, 3),
            "finishedAt": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        return record, checkpoint

    def train(self, cells, file):
        """Trains what no file of the folder holds, and adds it to this process's."""
        known = {record["key"] for record in lines_in(self.options.results)}
        for number, cell in enumerate(cells, 1):
            if self.key(cell) in known:
                told(f"{number} of {len(cells)}: {cell_name(cell)} is there already.")
                continue
            record, checkpoint = self.trained(cell)
            keep(file, record)
            if os.path.exists(checkpoint):
                os.remove(checkpoint)
            last = record["evaluations"][-1] if record["divergedAt"] is None else None
            outcome = f"training error {last['trainError']:.1%}, test error {last['testError']:.1%}" if last else f"diverged at step {record['divergedAt']}"
            told(f"{number} of {len(cells)}: {cell_name(cell)}: {outcome}, {record['seconds']:.0f} s.")


def cell_name(cell):
    return ", ".join([cell["network"], *(f"{key} {value}" for key, value in cell["training"].items())])


def told(text):
    print(text, file=sys.stderr, flush=True)


def dry_run(options, device, count):
    """What a sweep takes. The hours follow from a few steps of the largest cell, of noise."""
    total, largest = sum(map(work_of, CELLS)), max(CELLS, key=work_of)
    training = training_of(largest)
    trainer = Trainer(options, device)
    noise = Images.__new__(Images)
    pixels = torch.randn(EVALUATION_IMAGES, DATA["channels"], training["size"], training["size"])
    labels = torch.randint(DATA["classes"], (EVALUATION_IMAGES,))
    noise.sets = {"train": (pixels.to(device, trainer.dtype), labels.to(device))}
    run = trainer.run_of(largest, noise)
    run.batches = Minibatches(1, EVALUATION_IMAGES, min(training["batch"], EVALUATION_IMAGES))
    run.step()
    start = time.perf_counter()
    for _ in range(3):
        run.step()
    speed = 3 * NETWORKS[largest["network"]]["trainingFlops"] * training["batch"] / (time.perf_counter() - start)
    longest = max(sum(map(work_of, part)) for part in shares(CELLS, count))
    known = {record["key"] for record in lines_in(options.results)}
    done = sum(trainer.key(cell) in known for cell in CELLS)
    print(f"Cells: {len(CELLS)}, of which {done} are in {options.results} already.")
    print(f"Arithmetic: {total:.3g} FLOP.")
    print(f"Memory: at least {max(map(memory_of, CELLS)) / 2**20:.2g} MB a process, and {200 if device == 'cpu' else 600} MB for PyTorch itself.")
    print(f"Speed: {speed / 1e9:.3g} GFLOP/s on {device_text(trainer.engine['device'])}, measured on {largest['network']}.")
    print(f"Time: about {longest / speed / 3600:.2g} hours with {count} process{'es' if count > 1 else ''} of that speed.")


def on_ray(options):
    """Every cell as a task of Ray, on a GPU of its own where there are any."""
    import ray

    ray.init(ignore_reinit_error=True)
    gpus = 1 if options.device.startswith("cuda") else 0
    results = os.path.abspath(options.results)
    data = options.data if options.data.startswith("http") else os.path.abspath(options.data)
    file = os.path.join(results, "ray.jsonl")

    @ray.remote(num_cpus=1, num_gpus=gpus, max_retries=3)
    def task(program, arguments, number, known):
        # The program itself, in a process of Ray's, which gives it a device.
        names = {"__name__": "cell"}
        exec(compile(program, "depthscope_sweep.py", "exec"), names)
        mine = names["parsed"](arguments)
        mine.data, mine.results = data, results
        names["prepare"](mine.device)
        trainer, cell = names["Trainer"](mine, mine.device), names["CELLS"][number]
        return None if trainer.key(cell) in known else trainer.trained(cell)[0]

    with open(os.path.abspath(sys.argv[0]), encoding="utf-8") as source:
        program = source.read()
    known = {record["key"] for record in lines_in(results)}
    waiting = [task.remote(program, sys.argv[1:], number, known) for number in range(len(CELLS))]
    while waiting:
        (ready,), waiting = ray.wait(waiting, num_returns=1)
        record = ray.get(ready)
        if record is not None:
            keep(file, record)
        told(f"{len(CELLS) - len(waiting)} of {len(CELLS)} cells are finished.")


def on_slurm(options):
    """As many jobs as --jobs says, in one Slurm array, or as processes of this machine where there is no Slurm."""
    import submitit

    executor = submitit.AutoExecutor(folder=os.path.join(options.results, "logs"))
    executor.update_parameters(
        name="depthscope",
        timeout_min=options.hours * 60,
        cpus_per_task=options.threads or 1,
        slurm_array_parallelism=options.jobs,
        **({"gpus_per_node": 1} if options.device.startswith("cuda") else {}),
    )
    arguments = [each for each in sys.argv[1:] if each != "--submitit"]
    program = os.path.abspath(sys.argv[0])
    with executor.batch():
        jobs = [
            executor.submit(
                submitit.helpers.CommandFunction([sys.executable, program, *arguments, "--shard", f"{number}/{options.jobs}"])
            )
            for number in range(options.jobs)
        ]
    told(f"Submitted: {', '.join(job.job_id for job in jobs)}.")
    for job in jobs:
        job.result()


def parsed(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common_options(parser, DATA)
    parser.add_argument("--results", default="results", help="folder of the records, a file a process (%(default)s)")
    parser.add_argument("--shard", metavar="I/N", help="train share I of N, from 0")
    parser.add_argument("--dry-run", action="store_true", help="say what the sweep takes, and train nothing")
    parser.add_argument("--ray", action="store_true", help="run the cells on Ray")
    parser.add_argument("--submitit", action="store_true", help="submit them to Slurm")
    parser.add_argument("--jobs", type=int, default=8, help="of --submitit (%(default)s)")
    parser.add_argument("--hours", type=int, default=4, help="that a job of --submitit may take (%(default)s)")
    return parser.parse_args(arguments)


def main():
    options = parsed(sys.argv[1:])
    try:
        if options.threads:
            torch.set_num_threads(options.threads)
        index, count = share_of(options.shard, os.environ)
        device = options.device
        if device == "cuda" and torch.cuda.is_available():
            device = f"cuda:{int(os.environ.get('LOCAL_RANK', 0)) % torch.cuda.device_count()}"
        prepare(device)
        os.makedirs(options.results, exist_ok=True)
        if options.dry_run:
            dry_run(options, device, count)
        elif options.ray:
            on_ray(options)
        elif options.submitit:
            on_slurm(options)
        else:
            Trainer(options, device).train(shares(CELLS, count)[index], os.path.join(options.results, f"{index}-of-{count}.jsonl"))
    except Refusal as refusal:
        sys.exit(str(refusal))
    except Stopped as stopped:
        told(str(stopped))
        sys.exit(143)


if __name__ == "__main__":
    main()
