# ---- This run: trains as the page does, and prints the records that `npm run lab -- --json` prints ----


def runs_of(experiment, data, options):
    device, dtype = options.device, getattr(torch, options.dtype)
    images = Images(data, experiment["training"], options.data, device, dtype)
    return {
        name: Run(experiment, network["spec"], images, device, dtype, data["classes"], data["channels"])
        for name, network in zip("abcd", experiment["networks"])
    }


def told(name, record):
    """A record with the network that it is of, in the place where the page has it."""
    return {"type": record["type"], "network": name, **{key: value for key, value in record.items() if key != "type"}}


def reproduce(experiment, data, options):
    """Trains all networks side by side: each step gives every network the same minibatch."""
    runs = runs_of(experiment, data, options)
    times = []
    while not all(run.is_over() for run in runs.values()):
        start = time.perf_counter()
        records = {name: list(run.advance()) for name, run in runs.items() if not run.is_over()}
        times.append((time.perf_counter() - start) * 1000)
        # Evaluations before the first step, steps, evaluations after them.
        order = sorted(
            ((name, record) for name, mine in records.items() for record in mine),
            key=lambda each: 0 if each[1]["step"] == 0 else 1 if each[1]["type"] == "step" else 2,
        )
        for name, record in order:
            print(line(told(name, record)), flush=True)
        # Against what a diverging run leaves behind.
        sys.stdout.flush()
    networks = {}
    for (name, run), network in zip(runs.items(), experiment["networks"]):
        errors = run.final_errors() or {}
        networks[name] = {
            "label": network["name"],
            "depth": len(run.network.layers),
            "parameters": sum(value.numel() for value in run.parameters.values()),
            "trainError": errors.get("trainError"),
            "testError": errors.get("testError"),
            "divergedAt": run.diverged_at,
        }
    engine = engine_of(options.device, getattr(torch, options.dtype))
    engine["device"] = device_text(engine["device"])
    print(line({"type": "result", **engine, "msPerStep": statistics.median(times), "networks": networks}))
    if options.save:
        for name, run in runs.items():
            file = options.save if len(runs) == 1 else f"{name}-{options.save}"
            save_weights(file, run)


def save_weights(file, run):
    """The trained weights as .safetensors: the length of a header, the header as JSON, the numbers in float32."""
    tensors = {name: value.detach().float().cpu().contiguous() for name, value in run.parameters.items()}
    for node, both in (run.averages or {}).items():
        for which, value in zip(("mean", "variance"), both):
            tensors[f"{run.network.norms[node]} running {which}"] = value.float().cpu().contiguous()
    header, place = {}, 0
    for name, tensor in tensors.items():
        end = place + 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [place, end]}
        place = end
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        for tensor in tensors.values():
            out.write(bytes(tensor.untyped_storage()) if hasattr(tensor, "untyped_storage") else tensor.numpy().tobytes())


# ---- Comparison with the figures of the page ----

# What the page computes in float64 it tells in float32; what it computes in float32 rounds otherwise than here, and what was
# rounded in the first step is there in the next.
EXACT_TOLERANCE, ROUNDED_TOLERANCE = 1e-6, 1e-4
FIRST_LOSS_TOLERANCE, LOSS_TOLERANCE = 1e-6, 1e-5
# A difference of gradients from which on a unit that is almost 0 may be to blame.
SUSPICIOUS = 1e-5
COMPARED = ("signalGradient", "weightGradient")
# Units that are tried on the other side of zero, and how many may be there in one step.
TRIED, MOST = 60, 4


def apart(one, other):
    """How far two numbers are apart, as a share of the larger."""
    if one is None or other is None:
        return 0.0 if one is other else math.inf
    largest = max(abs(one), abs(other))
    return abs(one - other) / largest if largest > 0 else 0.0


def gradients_apart(found, expected):
    """The largest difference of the gradients of two records, and where it is."""
    differences = [
        (apart(mine[key], theirs[key]), f"{key} of {mine['name']}")
        for mine, theirs in zip(found["layers"], expected["layers"])
        for key in COMPARED
    ]
    return max(differences, default=(0.0, ""))


def doubtful_units(run):
    """
    Units of ReLUs whose input is so near to 0 that rounding decides on which side it is: nearer than a few times what float32
    does to that layer. Those nearest to 0 first: (share of the rounding, node, place, input, layer).
    """
    network = run.network
    step = run.step_number + 1
    images, _ = run.images.take("train", run.batches.images(step), run.training, step)
    with torch.no_grad():
        rounded, exact = (
            network.outputs(
                {name: value.to(dtype) for name, value in run.parameters.items()}, images.to(dtype), run.mode()
            )
            for dtype in (torch.float32, torch.float64)
        )
    units = []
    for layer in network.layers:
        if layer["activation"] not in ("relu", "leaky"):
            continue
        node = layer["output"]
        _, (source,), _ = network.nodes[node]
        x = exact[source]
        rounding = max((rounded[source].double() - x).abs().max().item(), sys.float_info.epsilon)
        for place in torch.nonzero(x.abs() < 8 * rounding).tolist():
            value = x[tuple(place)].item()
            units.append((abs(value) / rounding, node, tuple(place), value, layer["name"]))
    return sorted(units)[:TRIED]


def explained(run, expected):
    """
    Which doubtful units have to be on the other side of zero for the gradients of the next step to be those of the page: one
    after the other, the one that brings them nearest. Returns them, and the difference that is left.
    """
    layers = run.network.layers

    def difference(units):
        found = run.gradients([(node, place) for _, node, place, _, _ in units])
        signal, weight = found.signal_gradients(), found.weight_gradients(run.network)
        mine = [
            {"name": layer["name"], "signalGradient": signal[i], "weightGradient": weight[i]}
            for i, layer in enumerate(layers)
        ]
        return gradients_apart({"layers": mine}, expected)[0]

    units, chosen, left = doubtful_units(run), [], difference([])
    while units and left > SUSPICIOUS and len(chosen) < MOST:
        best, unit = min((difference(chosen + [unit]), unit) for unit in units)
        if best >= left / 2:
            break
        chosen, left = chosen + [unit], best
        units.remove(unit)
    return chosen, left


class Comparison:
    """One network beside what the page recorded of it."""

    def __init__(self, run, records, tolerance):
        self.run, self.tolerance = run, tolerance
        self.steps = {each["step"]: each for each in records if each["type"] == "step"}
        self.errors = {each["step"]: each for each in records if each["type"] == "evaluation"}
        self.last = max((each["step"] for each in records), default=0)
        self.compared, self.loss, self.gradient, self.first_loss = 0, (0.0, 0), (0.0, "", 0), 0.0
        # From the step on at which a unit has rounded the other way, chaos multiplies what differs.
        self.parted = None

    def made(self):
        run = self.run
        while not run.is_over() and run.step_number < self.last:
            expected = self.steps.get(run.step_number + 1)
            if expected is not None and self.parted is None:
                self.compare_step(expected)
            for record in run.advance():
                if record["type"] == "evaluation" and record["step"] in self.errors:
                    self.compare_errors(record, self.errors[record["step"]])
        if self.compared > 0:
            print(f"  steps compared: {self.compared}. The loss differs by at most {self.loss[0]:.1e} of its value (step {self.loss[1]}),")
            print(f"  gradients by at most {self.gradient[0]:.1e} ({self.gradient[1]}, step {self.gradient[2]}).")
        return self

    def compare_step(self, expected):
        """What the next step will measure, before it is made."""
        found, layers, step = self.run.gradients(), self.run.network.layers, expected["step"]
        signal, weight = found.signal_gradients(), found.weight_gradients(self.run.network)
        mine = {
            "layers": [
                {"name": layer["name"], "signalGradient": number(float32(signal[i])), "weightGradient": number(float32(weight[i]))}
                for i, layer in enumerate(layers)
            ]
        }
        loss, (gradient, where) = apart(number(found.loss.item()), expected["loss"]), gradients_apart(mine, expected)
        if self.tolerance == ROUNDED_TOLERANCE and gradient > SUSPICIOUS:
            units, left = explained(self.run, expected)
            for _, _, (image, channel, row, column), value, layer in units:
                print(
                    f"  step {step}: the ReLU of {layer} (image {image} of the minibatch, channel {channel}, row {row}, column {column}) "
                    f"rounds the other way: its input is {value:.1e}."
                )
            if units:
                print(f"  step {step}: with that, gradients differ by {left:.1e}; without, by {gradient:.1e}. From here on the runs part.")
            elif gradient > self.tolerance and step > 1:
                print(f"  step {step}: {where} differs by {gradient:.1e}, which no single ReLU explains. From here on the runs part.")
            if units or (gradient > self.tolerance and step > 1):
                self.parted = step
                return
        self.compared = step
        self.loss = max(self.loss, (loss, step))
        self.first_loss = loss if step == 1 else self.first_loss
        self.gradient = max(self.gradient, (gradient, where, step))

    def compare_errors(self, mine, theirs):
        print(
            f"  after {mine['step']} steps: training error {mine['trainError']:.2%} (the page {theirs['trainError']:.2%}), "
            f"test error {mine['testError']:.2%} (the page {theirs['testError']:.2%})"
        )

    def agrees(self):
        most = FIRST_LOSS_TOLERANCE if self.tolerance == EXACT_TOLERANCE else LOSS_TOLERANCE
        return self.first_loss <= FIRST_LOSS_TOLERANCE and self.loss[0] <= most and self.gradient[0] <= self.tolerance


def verify(experiment, data, figures, options):
    """Trains as far as the figures of the page go, and says how far both are apart. Returns whether they agree."""
    if not figures["records"]:
        raise Refusal("This file holds no figures to compare with: save it from a page that has trained the experiment.")
    print(f"The page: {figures['engine']}. Here: PyTorch {torch.__version__}, {options.dtype}, {options.device}.")
    tolerance = EXACT_TOLERANCE if figures["isExact"] and options.dtype == "float64" else ROUNDED_TOLERANCE
    agrees = True
    for (name, run), network in zip(runs_of(experiment, data, options).items(), experiment["networks"]):
        print(f"{network['name']}:")
        records = [each for each in figures["records"] if each["network"] == name]
        agrees = Comparison(run, records, tolerance).made().agrees() and agrees
    print("The run is reproduced." if agrees else "The run is NOT reproduced.")
    return agrees


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    common_options(parser, DATA)
    parser.add_argument("--verify", action="store_true", help="compare with the figures of the page that stand in this file")
    parser.add_argument("--save", metavar="FILE", help="write the trained weights as .safetensors, which the page can read")
    options = parser.parse_args()
    try:
        if options.threads:
            torch.set_num_threads(options.threads)
        prepare(options.device)
        if options.verify:
            sys.exit(0 if verify(EXPERIMENT, DATA, FIGURES, options) else 1)
        reproduce(EXPERIMENT, DATA, options)
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
