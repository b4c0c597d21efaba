"""Runs the trainer and its peers in turns and prints a table of medians and ratios; benchmarks/trainer.md has the command.

Each measurement takes a second or so, and the peers take turns, because neighbours on the machine come and go: read the
ratios, not the rates."""

import argparse
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "templates-lib"
JVM = ["-Xmx3g", "-Xms3g", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"]


class Peer:
    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.process.stdout.readline()

    def rate(self, line):
        print(line, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline().split()[0])


def java_command(program):
    class_path = (LIBRARY / "target" / "classpath").read_text().strip()
    paths = f"{LIBRARY}/target/test-classes:{LIBRARY}/target/classes:{class_path}"
    return ["java", *JVM, "-cp", paths, f"dev.smt.training.{program}"]


def measured(peers, rounds, seconds):
    """Medians by name, of rounds in which each peer has one turn."""
    for peer, line, _ in peers.values():
        peer.rate(f"{line} {seconds}")  # warm-up
    rates = {name: [] for name in peers}
    for _ in range(rounds):
        for name, (peer, line, length) in peers.items():
            rates[name].append(peer.rate(f"{line} {length}"))
    return {name: statistics.median(values) for name, values in rates.items()}, rates


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, nargs="*", default=[1024, 4096])
    parser.add_argument("--ids", nargs="*", default=["uniform", "zipf"])
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--peers", nargs="*", default=["ours", "pytorch", "limit", "blocks"])
    parser.add_argument("--python", default="/usr/bin/python3", help="a Python that has torch")
    arguments = parser.parse_args()
    jvm = Peer(java_command("DlrmRounds"))
    pytorch = Peer([arguments.python, str(ROOT / "benchmarks/trainer/pytorch_peer.py")])
    print("| ids | batch | threads | " + " | ".join(arguments.peers) + " | ratios of ours (median over the rounds) |")
    print("|" + "---|" * (4 + len(arguments.peers)))
    for ids in arguments.ids:
        for batch in arguments.batch:
            for threads in arguments.threads:
                peers = {}
                for name in arguments.peers:
                    if name == "pytorch":
                        peers[name] = (pytorch, f"{batch} {ids} {threads}", arguments.seconds)
                    elif name != "blocks" or threads == 1:
                        peers[name] = (jvm, f"{name} {batch} {ids} {threads}", arguments.seconds)
                medians, rates = measured(peers, arguments.rounds, arguments.seconds)
                cells = [f"{medians[n] / 1000:.1f}k" if n in medians else "" for n in arguments.peers]
                ratios = ", ".join(
                    f"{name} {statistics.median(o / p for o, p in zip(rates['ours'], rates[name])):.2f}"
                    for name in medians
                    if name != "ours"
                )
                print(f"| {ids} | {batch} | {threads} | " + " | ".join(cells) + f" | {ratios} |", flush=True)


main()
