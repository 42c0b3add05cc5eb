#!/usr/bin/env python3
"""Times epochs of stochastic gradient descent in Python; one JSON line a peer.

    descent.py data N P FILE                       makes the data: X (n x p, row by row), then y, as little-endian doubles
    descent.py FILE N P BATCH RATE EPOCHS REPEATS  times PyTorch and, at batch 1, scikit-learn

X is standard normal, y = Xw + 4.2 + 0.01 e with w = 2, -3.4, 2, -3.4 ...: the textbook's example at p = 2.

What is timed: EPOCHS epochs with rows in memory, from a new model to parameters, the best of REPEATS runs; a run that was not
timed goes before. All peers work in doubles, take each epoch's rows in a new random order, and step by the rate times the mean
gradient of the loss (f - y)^2/2. PyTorch is timed twice: with rows taken from tensors by index, and with its DataLoader, as
textbooks have it (once, as it is slow).
"""
import json
import os
import sys
import time

import numpy as np


def data(n, p, path):
    random = np.random.Generator(np.random.PCG64(20_260_101))
    x = random.standard_normal((n, p))
    y = x @ np.resize([2, -3.4], p) + 4.2 + 0.01 * random.standard_normal(n)
    with open(path, "wb") as file:
        x.astype("<f8").tofile(file)
        y.astype("<f8").tofile(file)


def by_index(torch, x, y, batch, rate, epochs):
    net = model(torch, x.shape[1])
    loss, optimizer = torch.nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=rate / 2)
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for start in range(0, len(x), batch):
            rows = order[start:start + batch]
            value = loss(net(x[rows]), y[rows])
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
    return net


def by_loader(torch, x, y, batch, rate, epochs):
    net = model(torch, x.shape[1])
    loss, optimizer = torch.nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=rate / 2)
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch, shuffle=True)
    for _ in range(epochs):
        for features, targets in loader:
            value = loss(net(features), targets)
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
    return net


def model(torch, p):
    net = torch.nn.Linear(p, 1, dtype=torch.float64)
    net.weight.data.normal_(0, 0.01)
    net.bias.data.fill_(0)
    return net


def measure(peer, version, n, p, batch, epochs, repeats, train, loss):
    trained = train()
    best, cpu = float("inf"), float("inf")
    for _ in range(repeats):
        start, before = time.perf_counter(), time.process_time()
        trained = train()
        best, cpu = min(best, time.perf_counter() - start), min(cpu, time.process_time() - before)
    print(json.dumps({
        "peer": peer, "version": version, "n": n, "p": p, "batch": batch, "epochs": epochs,
        "seconds": best / epochs, "cpu": cpu / epochs, "loss": loss(trained),
    }), flush=True)


def main(path, n, p, batch, rate, epochs, repeats):
    n, p, batch, rate, epochs, repeats = int(n), int(p), int(batch), float(rate), int(epochs), int(repeats)
    values = np.fromfile(path, dtype="<f8")
    x, y = values[:n * p].reshape(n, p), values[n * p:]
    if batch == 1:
        import sklearn
        from sklearn.linear_model import SGDRegressor
        measure("scikit-learn SGDRegressor", sklearn.__version__, n, p, 1, epochs, repeats,
                lambda: SGDRegressor(penalty=None, alpha=0, learning_rate="constant", eta0=rate, max_iter=epochs, tol=None, random_state=1).fit(x, y),
                lambda m: float(np.mean((m.predict(x) - y) ** 2) / 2))
        return
    import torch
    torch.manual_seed(1)
    torch.set_num_threads(int(os.environ.get("PEERS_THREADS", "1")))
    tx, ty = torch.from_numpy(x.copy()), torch.from_numpy(y.copy()).unsqueeze(1)
    value = lambda net: float(torch.nn.functional.mse_loss(net(tx), ty)) / 2
    measure("PyTorch, rows by index", torch.__version__, n, p, batch, epochs, repeats, lambda: by_index(torch, tx, ty, batch, rate, epochs), value)
    measure("PyTorch, DataLoader", torch.__version__, n, p, batch, epochs, 1, lambda: by_loader(torch, tx, ty, batch, rate, epochs), value)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "data":
        data(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    elif len(sys.argv) == 8:
        main(*sys.argv[1:])
    else:
        sys.exit(__doc__)
