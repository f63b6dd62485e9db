"""Trains a PyTorch program as it is written, and says how long each step took.

A line of JSON comes for the network, then one for every minibatch; each is answered by one. Parameters are in Depthscope's order and layout:
of every layer its filter [height, width, inputs, outputs], the scale and the shift; of the classifier its matrix [inputs, outputs] and bias.
"""
import json
import sys
import time

import torch
from torch import nn


def answer(**found):
    print(json.dumps(found), flush=True)


setup = json.loads(sys.stdin.readline())
torch.set_num_threads(setup["threads"])
names = {}
exec(setup["program"], names)
model = names["model"].train()
layers = list(model.modules())
convs, norms, denses = ([layer for layer in layers if isinstance(layer, kind)] for kind in (nn.Conv2d, nn.BatchNorm2d, nn.Linear))
tensors = [tensor for conv, norm in zip(convs, norms) for tensor in (conv.weight, norm.weight, norm.bias)]
tensors += [denses[0].weight, denses[0].bias]
assert len(tensors) == len(setup["parameters"]), "the program has other parameters"
with torch.no_grad():
    for tensor, values in zip(tensors, setup["parameters"]):
        shape = tensor.shape
        if len(shape) == 4:
            values = torch.tensor(values).reshape(*shape[2:], shape[1], shape[0]).permute(3, 2, 0, 1)
        else:
            values = torch.tensor(values).reshape(*reversed(shape)).T if len(shape) == 2 else torch.tensor(values)
        tensor.copy_(values)
optimizer = torch.optim.SGD(model.parameters(), lr=setup["learningRate"], momentum=setup["momentum"])
answer(version=torch.__version__)

for line in sys.stdin:
    batch = json.loads(line)
    images = torch.tensor(batch["pixels"]).reshape(-1, 1, batch["size"], batch["size"])
    labels = torch.tensor(batch["labels"])
    began = time.perf_counter()
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    answer(loss=loss.item(), ms=1000 * (time.perf_counter() - began))
