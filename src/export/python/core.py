import argparse
import gzip
import hashlib
import json
import math
import os
import statistics
import sys
import time
import urllib.request

import torch
from torch.nn import functional as F

# ---- Seeded random numbers: sfc32 in streams with names, the same 32-bit integers as in the browser ----

BITS32 = 0xFFFFFFFF


def mix(state, word):
    """Mixes one word into a running 32-bit hash (the finaliser of MurmurHash3)."""
    h = ((state ^ word) * 0x85EBCA6B) & BITS32
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & BITS32
    return h ^ (h >> 16)


def uniform(seed, *stream):
    """Numbers in [0, 1) for one purpose, which names its stream: what another purpose draws shifts none of them."""
    h = mix(0x9E3779B9, seed)
    for part in stream:
        for character in f"{part}/":
            h = mix(h, ord(character))
    a, b, c, counter = mix(h, 1), mix(h, 2), mix(h, 3), 1
    drawn = 0
    while True:
        t = (a + b + counter) & BITS32
        counter = (counter + 1) & BITS32
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & BITS32
        c = (((c << 21) | (c >> 11)) + t) & BITS32
        drawn += 1
        if drawn > 12:
            yield t / 2**32


def normal(source):
    """Standard normal numbers (Marsaglia's polar method), two at a time."""
    while True:
        r = 0.0
        while not 0 < r <= 1:
            x, y = 2 * next(source) - 1, 2 * next(source) - 1
            r = x * x + y * y
        factor = math.sqrt(-2 * math.log(r) / r)
        yield y * factor
        yield x * factor


def shuffled(numbers, source):
    """The numbers in a random order (Fisher and Yates, from the end)."""
    for left in range(len(numbers), 0, -1):
        i = int(next(source) * left)
        numbers[left - 1], numbers[i] = numbers[i], numbers[left - 1]
    return numbers


def pcg(values):
    """A 32-bit hash of 32-bit integers, which are held in int64 (Jarzynski and Olano 2020)."""
    state = (values * 747796405 + 2891336453) & BITS32
    word = (((state >> ((state >> 28) + 4)) ^ state) * 277803737) & BITS32
    return (word >> 22) ^ word


# ---- Images ----

CHUNK_IMAGES = 1000
EVALUATION_IMAGES = 1000
CALIBRATION_IMAGES = 512


class Refusal(Exception):
    """What cannot be done, as a sentence."""


def fetched(place, entry):
    """The bytes of a data file in a folder or below an address, which must be those that the page trained on."""
    file, checksum = entry["file"], entry["sha256"]
    try:
        if place.startswith(("http://", "https://")):
            with urllib.request.urlopen(place.rstrip("/") + "/" + file) as answer:
                content = answer.read()
        else:
            with open(os.path.join(place, file), "rb") as opened:
                content = opened.read()
    except OSError as error:
        raise Refusal(f"The data file {file} cannot be read from {place} ({error}): name its folder or address with --data.")
    if hashlib.sha256(content).hexdigest() != checksum:
        raise Refusal(f"The data file {file} in {place} is not the one that the page trains on: its SHA-256 is another.")
    return content


def levels_in_chunks(data, split, count, place):
    """The first images of a split of the embedded data: levels [count, channels, side, side] and labels, both in bytes."""
    side, channels = data["side"], data["channels"]
    pixels, labels = [], []
    for entry in data[split]:
        if sum(map(len, labels)) >= count:
            break
        content = torch.frombuffer(bytearray(gzip.decompress(fetched(place, entry))), dtype=torch.uint8)
        labels.append(content[: entry["images"]])
        pixels.append(content[entry["images"] :].reshape(-1, side, side, channels).permute(0, 3, 1, 2))
    return torch.cat(pixels)[:count], torch.cat(labels)[:count]


def levels_in_file(data, split, count, place):
    """The same of a data set that somebody has brought, from the file that the page saves: a header, then labels and pixels of both parts."""
    file = os.path.join(place, data["file"])
    try:
        with open(file, "rb") as opened:
            content = opened.read()
    except OSError as error:
        raise Refusal(f"The images {data['name']} cannot be read ({error}): save them from the page, and name their folder with --data.")
    start = 12 + int.from_bytes(content[8:12], "little")
    side, channels = data["side"], data["channels"]
    sizes = data["counts"]["train"], data["counts"]["test"]
    found = hashlib.sha256(bytes([side, channels]) + content[start:]).hexdigest()[:16]
    if content[:8] != b"DSIMAGE1" or found != data["id"]:
        raise Refusal(f"{file} does not hold the images that the page trained on: save them from the page again.")
    first = 0 if split == "train" else sizes[0]
    each = side * side * channels
    body = torch.frombuffer(bytearray(content[start:]), dtype=torch.uint8)
    pixels = body[sum(sizes) + first * each :][: count * each].reshape(-1, side, side, channels)
    return pixels.permute(0, 3, 1, 2), body[first:][:count]


def images_of(data, split, count, size, scale, means, place):
    """The first images of a split: pixels brought to a scale [count, channels, size, size] in float32, and labels [count]. Test images take their `means` from training images."""
    if data["counts"][split] < count:
        raise Refusal(f"{count} images are asked for, and the data has fewer in its part {split}.")
    levels, labels = (levels_in_file if "file" in data else levels_in_chunks)(data, split, count, place)
    highest = 255
    normalized = torch.empty(count, data["channels"], size, size)
    for channel, known in enumerate(data["statistics"][str(size)]):
        own = levels[:, channel : channel + 1].double()
        if size != data["side"]:
            # Sums of 2×2 squares.
            own, highest = 4 * F.avg_pool2d(own, 2), 4 * 255
        mean, std = (0, {"unit": 1, "raw": 1 / 255}[scale]) if scale in ("unit", "raw") else (known["mean"], known["std"])
        if scale == "pixelmean":
            # Of each pixel over the training images that are in use.
            if split == "train":
                means[channel] = own.sum(0) / (count * highest)
            mean = means[channel]
        normalized[:, channel] = (own * (1 / (highest * std)) - mean / std)[:, 0] if std else 0
    return normalized, labels.long()


# How a step may take an image: from a place up to so many pixels off, in a border of zeros, and as its mirror image.
BORDER = 4
PLACES = 2 * BORDER + 1
VIEWS = PLACES * PLACES * 2
# Stands in the hash where masks have their node.
AUGMENTATION = 2**31


def augmented(pixels, indices, training, step):
    """Images as a step takes them: how follows from seed, step and image by a hash."""
    seeds = [torch.tensor(each, dtype=torch.int64) for each in (training["seed"], step - 1, AUGMENTATION)]
    key = pcg((seeds[2] + pcg((seeds[1] + pcg(seeds[0])) & BITS32)) & BITS32)
    draws = pcg((torch.as_tensor(indices) + key) & BITS32) >> 8
    views = ((draws * VIEWS) >> 24).tolist()
    side = pixels.shape[-1]
    bordered = F.pad(pixels, (BORDER,) * 4)
    taken = []
    for image, view in zip(bordered, views):
        down, across = divmod(view // 2, PLACES)
        own = image[:, down : down + side, across : across + side]
        taken.append(own.flip(-1) if view % 2 and training["augment"] == "cropflip" else own)
    return torch.stack(taken)


def with_noise(labels, share, seed, classes):
    """Labels of which a share is drawn anew, from all classes alike."""
    noisy = labels.clone()
    for index in range(len(labels)):
        source = uniform(seed, "labels", index)
        if next(source) < share:
            noisy[index] = int(next(source) * classes)
    return noisy


class Images:
    def __init__(self, data, training, place, device, dtype):
        self.sets, means = {}, {}
        for split, count in (("train", training["train"]), ("test", min(training["test"], data["counts"]["test"]))):
            pixels, labels = images_of(data, split, count, training["size"], training["input"], means, place)
            if split == "train" and training["labelnoise"] > 0:
                labels = with_noise(labels, training["labelnoise"], training["seed"], data["classes"])
            self.sets[split] = pixels.to(device, dtype), labels.to(device)

    def count(self, split):
        return len(self.sets[split][1])

    def take(self, split, indices, training=None, step=None):
        """Images as they are or, where a step of a training is given, as that takes them."""
        pixels, labels = self.sets[split]
        chosen = torch.as_tensor(indices, device=labels.device)
        pixels = pixels[chosen]
        if step is not None and training["augment"] != "none":
            pixels = augmented(pixels, indices, training, step)
        return pixels, labels[chosen]


class Minibatches:
    """
    Sampling without replacement. Epochs follow each other without a gap. The first goes through the data file by file, shuffled
    within each, as a browser does, which trains while the others are still on their way.
    """

    def __init__(self, seed, count, batch):
        self.seed, self.count, self.batch, self.orders = seed, count, batch, {}

    def order(self, epoch):
        if epoch not in self.orders:
            source = uniform(self.seed, "minibatches", epoch)
            starts = range(0, self.count, CHUNK_IMAGES if epoch == 0 else self.count)
            reach = CHUNK_IMAGES if epoch == 0 else self.count
            parts = [shuffled(list(range(start, min(start + reach, self.count))), source) for start in starts]
            self.orders = {each: order for each, order in self.orders.items() if each == epoch - 1}
            self.orders[epoch] = [index for part in parts for index in part]
        return self.orders[epoch]

    def images(self, step):
        """Indices of the training images of a step, which counts from 1."""
        places = range((step - 1) * self.batch, step * self.batch)
        return [self.order(place // self.count)[place % self.count] for place in places]


# ---- The network: its stack, layer by layer, as a list of nodes whose inputs come first ----

NORM_EPSILON = 1e-5
LEAKY_SLOPE = 0.01
# Of the minibatch's statistics in running averages after a step.
AVERAGED_SHARE = 0.1


class Mode:
    """What a pass through the network does where training and evaluation differ."""

    def __init__(self, seed=None, updates=0, norms=None, flipped=(), averages=None, moves=False):
        # Where a seed is given, what is dropped by chance follows from it; without one, its expectation is passed on.
        self.seed, self.updates = seed, updates
        # The statistics of each batch norm: None takes the minibatch's own, an empty table notes them down as well.
        self.norms, self.notes = norms, norms is not None and not norms
        # Running averages of each batch norm, which a step moves towards the minibatch's own and evaluation uses, or None.
        self.averages, self.moves = averages, moves
        # Units of ReLUs that are taken to be on the other side of zero: (node, place).
        self.flipped = flipped

    def normalized(self, node, x, scale, shift):
        if self.averages is not None:
            mean, variance = self.averages.setdefault(node, (torch.zeros_like(scale), torch.ones_like(scale)))
            share = AVERAGED_SHARE if self.moves else 0.0
            before = variance.clone()
            normal = torch.batch_norm(x, scale, shift, mean, variance, self.moves, share, NORM_EPSILON, True)
            if self.moves and x.numel() == len(scale):
                # One value tells nothing of a spread.
                variance.copy_((1 - share) * before)
            return normal
        if self.notes:
            variance, mean = torch.var_mean(x, dim=(0, 2, 3), unbiased=False)
            self.norms[node] = mean, variance
        mean, variance = self.norms[node] if self.norms else (None, None)
        # The function below nn.functional's: that one refuses channels of a single value.
        return torch.batch_norm(x, scale, shift, mean, variance, mean is None, 0.0, NORM_EPSILON, True)

    def dropped(self, node, x, keep, unit):
        if self.seed is None:
            return keep * x
        images, channels, rows, columns = x.shape
        seeds = [torch.tensor(each, dtype=torch.int64) for each in (self.seed, self.updates, node)]
        key = pcg(seeds[2] + pcg(seeds[1] + pcg(seeds[0])))
        size = x.numel() if unit == "element" else 1
        kept = pcg((torch.arange(size, device=x.device) + key.to(x.device)) & BITS32) >> 8 < math.floor(keep * 2**24 + 0.5)
        if unit == "element":
            kept = kept.reshape(images, rows, columns, channels).permute(0, 3, 1, 2)
        # Not a product: what overflows is dropped as well.
        return torch.where(kept, x, torch.zeros_like(x))

    def activated(self, node, x, function):
        if any(each == node for each, _ in self.flipped):
            positive = x > 0
            for each, place in self.flipped:
                if each == node:
                    positive[place] = ~positive[place]
            return torch.where(positive, x, (LEAKY_SLOPE if function == "leaky" else 0) * x)
        return ACTIVATIONS[function](x)


ACTIVATIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky": lambda x: F.leaky_relu(x, LEAKY_SLOPE),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
}


# Where norms and activations stand in a residual block (He et al. 2016, figure 4): in front of its first conv, between its last conv
# and the addition, and behind that. Between two convs there are always both.
ARRANGEMENTS = {
    "post": ([], ["norm"], ["act"]),
    "normafter": ([], [], ["norm", "act"]),
    "actbefore": ([], ["norm", "act"], []),
    "actonly": (["act"], ["norm"], []),
    "pre": (["norm", "act"], [], []),
}


def option_a(x, stride, channels):
    """The shortcut of option A: skips pixels, and pads channels with zeros."""
    skipped = x[:, :channels, ::stride, ::stride]
    return F.pad(skipped, (0, 0, 0, 0, 0, channels - skipped.shape[1]))


class Network:
    """
    The network of a spec. `nodes` holds what is computed: a function of the parameters, the mode and its inputs, which are earlier
    nodes; node 0 is the images. `layers` are the conv and dense layers of the main path: what depth counts and what is measured.
    """

    def __init__(self, spec, size, channels, classes):
        self.spec = spec
        self.nodes, self.parameters, self.layers, self.numbers, self.norms = [], [], [], {}, {}
        self.node(None, [], (size, size, channels))
        self.blocks = 0
        residual = sum(item["count"] for item in spec["stack"] if "residual" in item["kind"])
        self.last_block = residual * 2 // spec["span"]
        # Behind a pre-activation block: its last layer, whose sum is still to be normalised and activated.
        self.open = None
        x = 0
        for item in spec["stack"]:
            for _ in range(item["count"]):
                x = self.item(x, item)
        x = self.opened(x)
        if spec["head"] == "gap":
            x = self.node(lambda p, mode, x: x.mean((2, 3), keepdim=True), [x], (1, 1, self.channels(x)))
        z = self.dense(x, classes, "classifier", start="classifier", bias=True)
        self.logits = self.layer("classifier", z, z, z, "linear")
        readers = {source: index for index, (_, inputs, _) in enumerate(self.nodes) for source in inputs}
        self.last_use = readers

    # What a node and a parameter are

    def node(self, compute, inputs, shape):
        self.nodes.append((compute, inputs, shape))
        return len(self.nodes) - 1

    def shape(self, node):
        return self.nodes[node][2]

    def channels(self, node):
        return self.shape(node)[2]

    def parameter(self, name, role, shape, start, fans=(1, 1)):
        self.parameters.append({"name": name, "role": role, "shape": shape, "start": start, "fans": fans})
        return name

    def bias(self, layer, units, fan_in, start, bias_from=None):
        """Drawn where the initialisation says so and the weight is drawn."""
        if bias_from is None:
            bias_from = "bias" if start in ("spec", "classifier") and self.spec["init"] == "pytorch" else 0
        return self.parameter(f"{layer} bias", "bias", (units,), bias_from, (fan_in, units))

    def numbered(self, kind):
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{kind} {self.numbers[kind]}"

    def layer(self, name, z, response, output, activation):
        self.layers.append({"name": name, "z": z, "response": response, "output": output, "activation": activation})
        return output

    # Layers

    def conv(self, x, kernel, stride, width, name, start="spec", bias=True, bias_from=None):
        """Padding (kernel − 1) / 2 on each side; a bias only where no normalisation follows."""
        rows, columns, channels = self.shape(x)
        fans = (kernel * kernel * channels, kernel * kernel * width)
        w = self.parameter(f"{name} weight", "weight", (width, channels, kernel, kernel), start, fans)
        b = self.bias(name, width, fans[0], start, bias_from) if bias else None
        shape = (math.ceil(rows / stride), math.ceil(columns / stride), width)
        return self.node(lambda p, mode, x: F.conv2d(x, p[w], p.get(b), stride, kernel // 2), [x], shape)

    def dense(self, x, units, name, start="spec", bias=True):
        rows, columns, channels = self.shape(x)
        inputs = rows * columns * channels
        w = self.parameter(f"{name} weight", "weight", (units, inputs), start, (inputs, units))
        self.parameters[-1]["reads"] = (rows, columns, channels)
        b = self.bias(name, units, inputs, start) if bias else None
        flat = lambda p, mode, x: F.linear(torch.flatten(x, 1), p[w], p.get(b))[:, :, None, None]
        return self.node(flat, [x], (1, 1, units))

    def norm(self, x, name, starts_at=1):
        if self.spec["norm"] == "none":
            return x
        scale = self.parameter(f"{name} scale", "scale", (self.channels(x),), starts_at)
        shift = self.parameter(f"{name} shift", "shift", (self.channels(x),), 0)
        if self.spec["norm"] != "batch":
            # The function below nn.functional's: that one refuses groups of a single value.
            groups = 1 if self.spec["norm"] == "layer" else math.gcd(self.spec["groups"], self.channels(x))
            normed = lambda p, mode, x: torch.group_norm(x, groups, p[scale], p[shift], NORM_EPSILON, True)
            return self.map(x, normed)
        node = len(self.nodes)
        self.norms[node] = name
        return self.node(lambda p, mode, x: mode.normalized(node, x, p[scale], p[shift]), [x], self.shape(x))

    def activation(self, x):
        function, node = self.spec["act"], len(self.nodes)
        if function == "linear":
            return x
        return self.node(lambda p, mode, x: mode.activated(node, x, function), [x], self.shape(x))

    def steps(self, steps, x, name, scale_starts_at=1):
        """Norms and activations in a row; norms belong to the layer of a name."""
        for step in steps:
            x = self.norm(x, name, scale_starts_at) if step == "norm" else self.activation(x)
        return x

    def map(self, x, compute):
        return self.node(compute, [x], self.shape(x))

    def opened(self, x):
        """The normalisation and activation that a pre-activation block has left to what follows."""
        if self.open is None:
            return x
        x = self.steps(ARRANGEMENTS[self.spec["order"]][0], x, self.open["name"])
        self.open.update(output=x, activation=self.spec["act"])
        self.open = None
        return x

    # Items of a stack

    def item(self, x, item):
        kind = item["kind"]
        if kind in ("residual", "zeroresidual"):
            return self.residual(x, item)
        if kind == "identity":
            return self.map(x, lambda p, mode, x: x)
        x = self.opened(x)
        if kind == "conv":
            return self.conv_layer(x, item, item["stride"])
        if kind == "plain":
            return self.conv_layer(self.conv_layer(x, item, item["stride"]), item)
        if kind == "dirac":
            name = self.numbered("conv")
            z = self.conv(x, self.kernel(item), item["stride"], item["width"], name, start="dirac")
            return self.layer(name, z, z, self.activation(z), self.spec["act"])
        if kind == "dense":
            name = self.numbered("dense")
            z = self.dense(x, item["width"], name, bias=self.spec["norm"] == "none")
            response = self.norm(z, name)
            return self.layer(name, z, response, self.activation(response), self.spec["act"])
        pool = {
            "maxpool": lambda p, mode, x: F.max_pool2d(x, 2, ceil_mode=True),
            "avgpool": lambda p, mode, x: F.avg_pool2d(x, 2, ceil_mode=True, count_include_pad=False),
        }[kind]
        rows, columns, channels = self.shape(x)
        return self.node(pool, [x], (math.ceil(rows / 2), math.ceil(columns / 2), channels))

    def kernel(self, item):
        """The side of an item's filters: its own, or the network's."""
        return item.get("kernel", self.spec["kernel"])

    def conv_layer(self, x, item, stride=1):
        """Conv, normalisation, activation."""
        name = self.numbered("conv")
        z = self.conv(x, self.kernel(item), stride, item["width"], name, bias=self.spec["norm"] == "none")
        response = self.norm(z, name)
        return self.layer(name, z, response, self.activation(response), self.spec["act"])

    def residual(self, x, item):
        """A block of two convs with its input added, or two blocks of one (He et al. 2015 and 2016)."""
        if self.spec["span"] == 2:
            return self.block(x, item, item["stride"], 2)
        return self.block(self.block(x, item, item["stride"], 1), item, 1, 1)

    def block(self, x, item, stride, convs):
        spec = self.spec
        lead, trail, after = ARRANGEMENTS[spec["order"]]
        self.blocks += 1
        survival = 1 - (self.blocks / self.last_block) * (1 - spec["survival"])
        active = self.opened(x)
        inner = self.conv_layer(active, item, stride) if convs == 2 else active
        name = self.numbered("conv")
        normed = "norm" in trail and spec["norm"] != "none"
        zero = item["kind"] == "zeroresidual"
        last_stride = 1 if convs == 2 else stride
        start = 0 if zero and not normed else "spec"
        z = self.conv(inner, self.kernel(item), last_stride, item["width"], name, start, bias=spec["norm"] == "none")
        response = self.norm(z, name, 0 if zero else 1) if normed else z
        branch = self.activation(response) if "act" in trail else response
        output = self.steps(after, self.join(x, active, branch, stride, survival, name), name)
        activated = "act" in trail or "act" in after
        self.layer(name, z, response, branch if "act" in trail else output, spec["act"] if activated else "linear")
        self.open = self.layers[-1] if lead else None
        return output

    def join(self, x, active, branch, stride, survival, name):
        spec, shape = self.spec, self.shape(branch)
        shortcut, gate = x, None
        if spec["shortcut"] == "c" or self.shape(x) != shape:
            if spec["shortcut"] == "a":
                shortcut = self.node(lambda p, mode, x: option_a(x, stride, shape[2]), [x], shape)
            else:
                projection = self.numbered("projection")
                shortcut = self.conv(active, 1, stride, shape[2], projection, bias=False)
                if "norm" in ARRANGEMENTS[spec["order"]][1]:
                    shortcut = self.norm(shortcut, projection)
        if spec["gate"] != "none":
            gate = self.conv(active, 1, stride, shape[2], self.numbered("gate"), bias_from=spec["gatebias"])

        # On the branch: a constant factor, a learned one, the gate, and whether it survives.
        branch = self.scaled(branch, spec["branchscale"])
        if spec["skipinit"] == "on":
            factor = self.parameter(f"{name} branch scale", "scale", (1,), 0)
            branch = self.map(branch, lambda p, mode, x: p[factor] * x)
        if spec["gate"] == "exclusive":
            branch = self.node(lambda p, mode, x, z: torch.sigmoid(z) * x, [branch, gate], shape)
        branch = self.dropped(branch, survival, "minibatch")

        # On the shortcut: a constant factor, the gate, dropout.
        shortcut = self.scaled(shortcut, spec["skipscale"])
        if gate is not None:
            shortcut = self.node(lambda p, mode, x, z: torch.sigmoid(-z) * x, [shortcut, gate], shape)
        shortcut = self.dropped(shortcut, 1 - spec["dropout"], "element")
        return self.node(lambda p, mode, x, y: x + y, [branch, shortcut], shape)

    def scaled(self, x, factor):
        return x if factor == 1 else self.map(x, lambda p, mode, x: factor * x)

    def dropped(self, x, keep, unit):
        node = len(self.nodes)
        return x if keep == 1 else self.map(x, lambda p, mode, x: mode.dropped(node, x, keep, unit))

    # What it computes

    def outputs(self, parameters, images, mode):
        """What every node puts out."""
        found = [images]
        for compute, inputs, _ in self.nodes[1:]:
            found.append(compute(parameters, mode, *[found[source] for source in inputs]))
        return found

    @torch.no_grad()
    def classified(self, parameters, images, mode):
        """The logits alone [images, classes]; every other output is let go after its last use."""
        found = {0: images}
        for index, (compute, inputs, _) in enumerate(self.nodes[1:], 1):
            found[index] = compute(parameters, mode, *[found[source] for source in inputs])
            for source in set(inputs):
                if self.last_use[source] == index:
                    del found[source]
        return torch.flatten(found[self.logits], 1)

    def initial(self, seed, device, dtype):
        """The parameters that the page starts from: each layer draws from a stream of its own, and numbers are rounded to float32."""
        drawn, layer, others = {}, 0, {}
        main = {f"{each['name']} weight" for each in self.layers}
        for parameter in self.parameters:
            name, start = parameter["name"], parameter["start"]
            stream = ("weights", layer)
            if name in main:
                layer += 1
            elif parameter["role"] == "weight":
                kind = name.split(" ")[0] + "s"
                stream = (kind, others.get(kind, 0))
                others[kind] = stream[1] + 1
            if start == "bias":
                source = uniform(seed, "biases", layer - 1)
                values = uniform_within(1 / math.sqrt(parameter["fans"][0]), math.prod(parameter["shape"]), source)
            elif start == "dirac":
                values = torch.nn.init.dirac_(torch.empty(parameter["shape"]))
            elif isinstance(start, str):
                values = drawn_weight(parameter, self.spec, uniform(seed, *stream))
            else:
                values = torch.full(parameter["shape"], float(start))
            drawn[name] = values.float().to(device, dtype).contiguous().requires_grad_()
        return drawn


def uniform_within(limit, count, source):
    return torch.tensor([limit * (2 * next(source) - 1) for _ in range(count)], dtype=torch.float64)


def drawn_weight(parameter, spec, source):
    """
    Normal, with a standard deviation that keeps the signal's size (Glorot and Bengio 2010, He et al. 2015) or the one that is
    given; or orthogonal (Saxe et al. 2014); or uniform, as PyTorch and Keras draw where nothing is said. Numbers are drawn by row, column, input and output, and arranged as PyTorch has them.
    """
    shape, (fan_in, fan_out) = parameter["shape"], parameter["fans"]
    gain = 1 if parameter["start"] == "classifier" else spec["gain"]
    if spec["init"] in ("pytorch", "keras"):
        limit = 1 / math.sqrt(fan_in) if spec["init"] == "pytorch" else math.sqrt(6 / (fan_in + fan_out))
        values = uniform_within(gain * limit, math.prod(shape), source)
    elif parameter["start"] == "spec" and spec["init"] == "orthogonal":
        values = orthogonal(fan_in, math.prod(shape) // fan_in, normal(source)) * gain
    else:
        std = {
            "he": spec["gain"] * math.sqrt(2 / fan_in),
            "xavier": spec["gain"] * math.sqrt(2 / (fan_in + fan_out)),
            "normal": spec["gain"] * spec["std"],
        }.get(spec["init"], 0.0)
        if parameter["start"] == "classifier":
            std = math.sqrt(1 / fan_in)
        source = normal(source)
        values = torch.tensor([std * next(source) for _ in range(math.prod(shape))], dtype=torch.float64)
    if len(shape) == 4:
        return values.reshape(shape[2], shape[3], shape[1], shape[0]).permute(3, 2, 0, 1)
    return values.reshape(*parameter["reads"], shape[0]).permute(3, 2, 0, 1).reshape(shape)


def orthogonal(rows, columns, source):
    """A matrix whose columns, or rows if they are fewer, are orthonormal: Gram and Schmidt's process."""
    basis = []
    while len(basis) < min(rows, columns):
        vector = torch.tensor([next(source) for _ in range(max(rows, columns))], dtype=torch.float64)
        # Projecting twice removes what rounding left of the first pass.
        for unit in basis + basis:
            vector = vector - (vector @ unit) * unit
        basis.append(vector / torch.sqrt((vector * vector).sum()))
    found = torch.stack(basis)
    return found.T if rows >= columns else found


# ---- Training, and what is measured ----

EVALUATIONS, MOST_BETWEEN = 10, 1000
EVALUATION_BATCH = 250


def learning_rate(training, step):
    """
    Of the update after so many: constant; or falling to 0 at the end of the run, on a line or on half a cosine; or multiplied by a factor at
    each milestone. In a warm-up a share of that, which rises or stays.
    """
    progress, rate = min(1, step / training["steps"]), training["lr"]
    if training["schedule"] == "linear":
        rate *= 1 - progress
    elif training["schedule"] == "cosine":
        rate *= (1 + math.cos(math.pi * progress)) / 2
    elif training["schedule"] == "steps":
        rate *= training["stepfactor"] ** sum(progress >= float(each) / 100 for each in training["milestones"].split("-"))
    if step < training["warmup"]:
        low = training["warmupfactor"]
        rate *= low if training["warmupform"] == "constant" else low + (1 - low) * step / training["warmup"]
    return rate


def is_evaluation_step(step, steps):
    every = max(1, min(MOST_BETWEEN, math.floor(steps / EVALUATIONS + 0.5)))
    return step == steps or step % every == 0


def optimizer_of(training, network, parameters):
    """Weight decay is that of conv and dense weights, and of nothing else: added to the gradient, or with AdamW to the step."""
    weights = [parameters[each["name"]] for each in network.parameters if each["role"] == "weight"]
    others = [parameters[each["name"]] for each in network.parameters if each["role"] != "weight"]
    groups = [{"params": weights, "weight_decay": training["wd"]}, {"params": others, "weight_decay": 0}]
    opt, lr = training["opt"], training["lr"]
    if opt in ("adam", "adamw"):
        adam = torch.optim.Adam if opt == "adam" else torch.optim.AdamW
        return adam(groups, lr=lr, betas=(0.9, 0.999), eps=1e-8)
    if opt == "rmsprop":
        return torch.optim.RMSprop(groups, lr=lr, alpha=0.99, eps=1e-8)
    return torch.optim.SGD(groups, lr=lr, momentum=0 if opt == "sgd" else 0.9, nesterov=opt == "nesterov")


def norm_of(tensor):
    """The root of the sum of squares, in float64: the square of a small float32 is 0."""
    return tensor.detach().double().norm().item()


def dead_fraction(activation, values):
    """Share of units, channels times positions, that are 0 for every image after ReLU; saturated on average after sigmoid and tanh."""
    if activation == "relu":
        dead = (values == 0).all(0)
    elif activation == "sigmoid":
        dead = (values * (1 - values)).mean(0) < 0.01 * 0.25
    elif activation == "tanh":
        dead = (1 - values * values).mean(0) < 0.01
    else:
        return 0.0
    return dead.double().mean().item()


def is_finite(tensor):
    return tensor is None or bool(torch.isfinite(tensor).all())


class Gradients:
    """One minibatch forwards and backwards."""

    def __init__(self, network, parameters, images, labels, mode):
        self.outputs = network.outputs(parameters, images, mode)
        self.loss = F.cross_entropy(torch.flatten(self.outputs[network.logits], 1), labels)
        zs = [self.outputs[layer["z"]] for layer in network.layers]
        found = torch.autograd.grad(self.loss, zs + list(parameters.values()), allow_unused=True)
        self.by_z = [torch.zeros_like(z) if by is None else by for z, by in zip(zs, found)]
        self.by_parameter = {
            name: torch.zeros_like(value) if by is None else by
            for (name, value), by in zip(parameters.items(), found[len(zs) :])
        }

    def signal_gradients(self):
        """Of each layer: the root mean square of N · ∂L/∂z."""
        return [len(by) * norm_of(by) / math.sqrt(by.numel()) for by in self.by_z]

    def weight_gradients(self, network):
        """Of each layer: ‖∂L/∂W‖."""
        return [norm_of(self.by_parameter[f"{layer['name']} weight"]) for layer in network.layers]


class Run:
    """One network under training."""

    def __init__(self, experiment, spec, images, device, dtype, classes=10, channels=1):
        self.training, self.images = experiment["training"], images
        self.network = Network(spec, self.training["size"], channels, classes)
        self.parameters = self.network.initial(self.training["seed"], device, dtype)
        self.optimizer = optimizer_of(self.training, self.network, self.parameters)
        self.batches = Minibatches(self.training["seed"], self.training["train"], self.training["batch"])
        self.step_number, self.evaluations, self.diverged_at = 0, [], None
        self.averages = {} if self.training["stats"] == "running" else None

    def mode(self, flipped=(), averages=None):
        """Of the next step."""
        draw = {"seed": self.training["seed"], "updates": self.step_number}
        return Mode(**draw, flipped=flipped, averages=averages, moves=averages is not None)

    def gradients(self, flipped=(), averages=None):
        """Of the next step's minibatch, which moves the averages that it is given."""
        step = self.step_number + 1
        images, labels = self.images.take("train", self.batches.images(step), self.training, step)
        return Gradients(self.network, self.parameters, images, labels, self.mode(flipped, averages))

    def step(self):
        """One update. Returns its record: what was measured before the update, and of the update."""
        averages = copied(self.averages)
        found = self.gradients(averages=averages)
        layers = self.network.layers
        rate = learning_rate(self.training, self.step_number)
        weights = [self.parameters[f"{layer['name']} weight"] for layer in layers]
        before = [weight.detach().clone() for weight in weights]
        overflow = self.overflow(found)
        if overflow is None:
            self.update(found.by_parameter, rate)
            self.averages = averages
            overflow = self.overflow_of_update()
        self.step_number += 1
        if overflow is not None:
            self.diverged_at = self.step_number
        quantities = {
            "signalGradient": found.signal_gradients(),
            "weightGradient": found.weight_gradients(self.network),
            "weightNorm": [norm_of(weight) for weight in before],
            "relativeUpdate": [
                norm_of(after.detach() - weight) / norm_of(weight) if norm_of(weight) else math.nan
                for after, weight in zip(weights, before)
            ],
            "responseStd": [
                found.outputs[layer["response"]].detach().double().std(unbiased=False).item() for layer in layers
            ],
            "deadFraction": [
                dead_fraction(layer["activation"], found.outputs[layer["output"]].detach()) for layer in layers
            ],
        }
        return {
            "type": "step",
            "step": self.step_number,
            "loss": number(found.loss.item()),
            "learningRate": rate,
            "layers": [
                {"name": layer["name"], **{key: number(float32(values[i])) for key, values in quantities.items()}}
                for i, layer in enumerate(layers)
            ],
            "overflow": overflow,
        }

    @torch.no_grad()
    def update(self, gradients, rate):
        # The norm of all gradients together; torch's own clipping adds 10⁻⁶ to it.
        norm = math.sqrt(sum(norm_of(by) ** 2 for by in gradients.values()))
        clip = self.training["clip"]
        factor = clip / norm if clip > 0 and norm > clip else 1
        for name, parameter in self.parameters.items():
            parameter.grad = gradients[name] * factor
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        self.optimizer.step()

    def overflow(self, found):
        """Where a number first stopped being finite, in the order in which they are computed; None where all are."""
        layers = self.network.layers
        for layer in layers:
            if not (is_finite(found.outputs[layer["z"]]) and is_finite(found.outputs[layer["output"]])):
                return {"where": "activation", "layer": layer["name"]}
        if not is_finite(found.loss):
            return {"where": "loss", "layer": None}
        owners = {self.owner(name) for name, by in found.by_parameter.items() if not is_finite(by)}
        for index in reversed(range(len(layers))):
            if index in owners or not is_finite(found.by_z[index]):
                return {"where": "gradient", "layer": layers[index]["name"]}
        return None

    def overflow_of_update(self):
        owners = [self.owner(name) for name, value in self.parameters.items() if not is_finite(value)]
        return {"where": "weight", "layer": self.network.layers[min(owners)]["name"]} if owners else None

    def owner(self, parameter):
        """Index of the layer to which a parameter belongs: the last one whose weight does not come after it."""
        names = [each["name"] for each in self.network.parameters]
        places = [names.index(f"{layer['name']} weight") for layer in self.network.layers]
        return max(index for index, place in enumerate(places) if place <= names.index(parameter))

    def evaluate(self):
        """Misclassified shares, batch norm with statistics that are re-estimated from training images ("precise BN") or with running averages."""
        count = self.training["train"]
        norms = {}
        if self.averages is None:
            calibration, _ = self.images.take("train", range(min(CALIBRATION_IMAGES, count)))
            self.network.classified(self.parameters, calibration, Mode(norms=norms))
        errors = {}
        for split, images in (("train", min(EVALUATION_IMAGES, count)), ("test", self.images.count("test"))):
            wrong = 0
            for start in range(0, images, EVALUATION_BATCH):
                pixels, labels = self.images.take(split, range(start, min(start + EVALUATION_BATCH, images)))
                logits = self.network.classified(self.parameters, pixels, Mode(norms=norms or None, averages=self.averages))
                # What is no number is wrong.
                wrong += int(((logits.argmax(1) != labels) | logits.isnan().any(1)).sum())
            errors[f"{split}Error"] = wrong / images
        self.evaluations.append({"step": self.step_number, **errors})
        return {"type": "evaluation", **self.evaluations[-1]}

    def is_over(self):
        return self.diverged_at is not None or self.step_number >= self.training["steps"]

    def advance(self):
        """The records of the next step, with the evaluations that are due before and after it."""
        if self.step_number == 0 and not self.evaluations:
            yield self.evaluate()
        yield self.step()
        if self.diverged_at is None and is_evaluation_step(self.step_number, self.training["steps"]):
            yield self.evaluate()

    def final_errors(self):
        last = self.evaluations[-1] if self.evaluations else None
        return last if self.diverged_at is None and last and last["step"] == self.step_number else None

    def state(self):
        """All that training has changed."""
        return {
            "parameters": {name: value.detach() for name, value in self.parameters.items()},
            "optimizer": self.optimizer.state_dict(),
            "step": self.step_number,
            "evaluations": self.evaluations,
            "averages": self.averages,
        }

    @torch.no_grad()
    def restore(self, state):
        for name, value in self.parameters.items():
            value.copy_(state["parameters"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step_number, self.evaluations = state["step"], list(state["evaluations"])
        self.averages = copied(state["averages"])


def copied(averages):
    return None if averages is None else {node: tuple(each.clone() for each in both) for node, both in averages.items()}


def float32(value):
    """As the page holds what it measures: what is larger than any float32 is infinite."""
    return torch.tensor(value, dtype=torch.float32).item()


def number(value):
    """Nine significant digits hold every float32; JSON has no number that is not finite, so those are null."""
    return float(f"{value:.9g}") if math.isfinite(value) else None


def line(record):
    return json.dumps(record, separators=(",", ":"))


def prepare(device):
    """Full float32 on GPUs, not the shortened one of tensor cores, and the same order of sums every time."""
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise Refusal("PyTorch finds no CUDA device here: leave --device out, or say --device cpu.")


def engine_of(device, dtype):
    """What trains, as the page describes engines."""
    precision = str(dtype).replace("torch.", "")
    if device.startswith("cuda"):
        where = {"kind": "gpu", "name": torch.cuda.get_device_name(torch.device(device))}
    else:
        where = {"kind": "cpu", "simd": True, "threads": torch.get_num_threads()}
    return {"engine": "pytorch", "backend": f"{device.split(':')[0]} {precision}", "device": where}


def device_text(where):
    return where["name"] if where["kind"] == "gpu" else f"CPU, {where['threads']} threads"


def common_options(parser, data):
    parser.add_argument("--data", default=data["place"], help="folder or address of the data files (%(default)s)")
    usual = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--device", default=usual, help="cpu, cuda or cuda:1 (%(default)s)")
    parser.add_argument("--dtype", default="float32", choices=("float32", "float64"), help="(%(default)s)")
    parser.add_argument("--threads", type=int, help="of the CPU")
