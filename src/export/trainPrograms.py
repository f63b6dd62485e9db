"""Runs PyTorch programs as they are written: what they compute with given parameters, and what a few steps of training do.

Reads a list of programs as JSON from standard input and writes what was found, in the same order, to standard output. Parameters
come and go by kind of layer, in the order in which a program makes its layers, in Depthscope's layout.
"""
import json
import sys

import torch
from torch import nn

torch.set_num_threads(1)
# oneDNN 2.6, which Debian's PyTorch 1.13 is built with, writes past its memory in gradients of convolutions on some processors without AVX-512.
torch.backends.mkldnn.enabled = False


def model_of(program):
    names = {}
    exec(program, names)
    return names["model"]


def tensors_of(model):
    """The parameters of the model, by kind of layer."""
    modules = list(model.modules())
    kinds = {
        "conv": nn.Conv2d,
        "dense": nn.Linear,
        "batchNorm": (nn.BatchNorm1d, nn.BatchNorm2d),
        "groupNorm": nn.GroupNorm,
    }
    found = {
        kind: [list(module.parameters()) for module in modules if isinstance(module, types)] for kind, types in kinds.items()
    }
    found["learnedScale"] = [[m.scale] for m in modules if isinstance(getattr(m, "scale", None), nn.Parameter)]
    return found


def to_torch(values, shape, kind, reads):
    """From Depthscope's layout: height, width, inputs, outputs; inputs of dense layers by row, column and channel."""
    values = torch.tensor(values, dtype=torch.float64)
    if len(shape) == 4:
        kernel, width = shape[2:], shape[:2]
        return values.reshape(*kernel, width[1], width[0]).permute(3, 2, 0, 1)
    if kind == "dense" and len(shape) == 2:
        return values.reshape(*reads, shape[0]).permute(3, 2, 0, 1).reshape(shape)
    return values.reshape(shape)


def from_torch(tensor, kind, reads):
    if tensor.dim() == 4:
        tensor = tensor.permute(2, 3, 1, 0)
    elif kind == "dense" and tensor.dim() == 2:
        height, width, channels = reads
        tensor = tensor.reshape(-1, channels, height, width).permute(2, 3, 1, 0)
    return tensor.reshape(-1).tolist()


def compared(test, images, labels):
    """Logits and gradients with the given parameters: nothing dropped by chance, batch norm with the minibatch's statistics. Of these, running averages after minibatches of all images, half of them, and all."""
    model = model_of(test["program"]).double().eval()
    for module in model.modules():
        if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d)):
            module.train()
    tensors = tensors_of(model)
    counts = {kind: len(layers) for kind, layers in tensors.items()}
    assert counts == {kind: len(layers) for kind, layers in test["layers"].items()}, counts
    with torch.no_grad():
        for kind, layers in test["layers"].items():
            for layer, owns in zip(layers, tensors[kind]):
                assert len(owns) == len(layer["parameters"])
                for values, tensor in zip(layer["parameters"], owns):
                    tensor.copy_(to_torch(values, tensor.shape, kind, layer["reads"]))
    logits = model(images.double())
    nn.functional.cross_entropy(logits, labels).backward()
    gradients = {
        kind: [
            [from_torch(tensor.grad, kind, layer["reads"]) for tensor in owns]
            for layer, owns in zip(test["layers"][kind], tensors[kind])
        ]
        for kind in test["layers"]
    }
    with torch.no_grad():
        model(images.double()[: len(images) // 2])
        model(images.double())
    norms = [module for module in model.modules() if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d))]
    averages = [[norm.running_mean.tolist(), norm.running_var.tolist()] for norm in norms]
    return {"logits": logits.reshape(-1).tolist(), "gradients": gradients, "averages": averages}


def trained(test, images, labels):
    torch.manual_seed(1)
    model = model_of(test["program"])
    before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    optimizer = torch.optim.Adam(model.parameters(), lr=test["rate"])
    losses = []
    for _ in range(test["steps"]):
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    still = [name for name, parameter in model.named_parameters() if torch.equal(parameter, before[name])]
    return {"losses": losses, "still": still, "parameters": sum(values.numel() for values in before.values())}


def results(test):
    size = test["size"]
    images = torch.tensor(test["pixels"]).reshape(-1, size, size, test["channels"]).permute(0, 3, 1, 2)
    labels = torch.tensor(test["labels"])
    return {**compared(test, images, labels), **trained(test, images, labels)}


json.dump([results(test) for test in json.load(sys.stdin)], sys.stdout)
