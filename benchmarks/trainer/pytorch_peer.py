"""The DLRM-like model of benchmarks/trainer.md in PyTorch, in its fastest form: one fused table of all features with
sparse gradients, AdaGrad. Reads lines "batch ids threads seconds" and answers each with examples per
second and per CPU second."""

import sys
import time

import torch

FEATURES, ROWS, WIDTH, NUMBERS, POOL = 26, 100_000, 16, 13, 65_536


def ids(kind, generator):
    if kind == "uniform":
        values = torch.randint(0, ROWS, (POOL, FEATURES), generator=generator)
    else:  # Zipf with exponent 1.05, the ids shuffled, so that frequent ones are not neighbours
        weights = torch.arange(1, ROWS + 1, dtype=torch.float64) ** -1.05
        cumulative = torch.cumsum(weights / weights.sum(), 0)
        ranks = torch.searchsorted(cumulative, torch.rand(POOL, FEATURES, dtype=torch.float64, generator=generator))
        shuffled = torch.stack([torch.randperm(ROWS, generator=generator) for _ in range(FEATURES)])
        values = torch.stack([shuffled[f][ranks[:, f].clamp(max=ROWS - 1)] for f in range(FEATURES)], 1)
    return values + torch.arange(FEATURES) * ROWS


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        linear = torch.nn.Linear
        self.table = torch.nn.EmbeddingBag(FEATURES * ROWS, WIDTH, mode="sum", sparse=True)
        torch.nn.init.uniform_(self.table.weight, -0.05, 0.05)
        self.bottom = torch.nn.Sequential(linear(NUMBERS, 64), torch.nn.ReLU(), linear(64, WIDTH))
        pairs = (FEATURES + 1) * FEATURES // 2
        self.top = torch.nn.Sequential(
            linear(pairs + WIDTH, 256), torch.nn.ReLU(), linear(256, 128), torch.nn.ReLU(), linear(128, 1)
        )
        lower = torch.tril_indices(FEATURES + 1, FEATURES + 1, -1)
        self.places = lower[0] * (FEATURES + 1) + lower[1]

    def forward(self, numbers, bags):
        count = numbers.shape[0]
        vectors = self.table(bags.view(-1, 1)).view(count, FEATURES, WIDTH)
        dense = self.bottom(numbers)
        vectors = torch.cat([vectors, dense.unsqueeze(1)], 1)
        products = torch.bmm(vectors, vectors.transpose(1, 2)).view(count, -1)
        return self.top(torch.cat([dense, products.index_select(1, self.places)], 1)).squeeze(1)


def main():
    torch.manual_seed(1)
    generator = torch.Generator().manual_seed(1)
    pools = {kind: ids(kind, generator) for kind in ("uniform", "zipf")}
    numbers = torch.randn(POOL, NUMBERS)
    labels = (torch.rand(POOL) < 0.1).float()
    model = Model()
    dense = [p for name, p in model.named_parameters() if not name.startswith("table")]
    optimizers = [torch.optim.Adagrad([model.table.weight], 0.02), torch.optim.Adagrad(dense, 0.01)]
    loss = torch.nn.BCEWithLogitsLoss()
    print("ready", flush=True)
    at = 0
    for line in sys.stdin:
        batch, kind, threads, seconds = line.split()
        batch, seconds = int(batch), float(seconds)
        torch.set_num_threads(int(threads))
        steps, start, cpu = 0, time.perf_counter(), time.process_time()
        while time.perf_counter() - start < seconds:
            at = (at + batch) % POOL
            rows = slice(at, at + batch)
            for optimizer in optimizers:
                optimizer.zero_grad(set_to_none=True)
            loss(model(numbers[rows], pools[kind][rows]), labels[rows]).backward()
            for optimizer in optimizers:
                optimizer.step()
            steps += 1
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(steps * batch / wall, steps * batch / cpu, flush=True)


main()
