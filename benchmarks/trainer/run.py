"""Runs the trainer and its peers in turns and prints a table of medians and ratios; benchmarks/trainer.md has the command.

Each turn takes a second or so, because neighbours on the machine come and go: read the ratios, not the rates. A rate is
the median over the rounds, then the best of them, in examples per second."""

import argparse
import os
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "templates-lib"
JVM = ["-Xmx3g", "-Xms3g", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"]


class Peer:
    def __init__(self, command, cpu):
        self.answer = 1 if cpu else 0
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # OpenMP's threads would spin while they wait, and collapse where others want the processor.
            env={"DJL_OFFLINE": "true", **os.environ, "OMP_WAIT_POLICY": "passive"},
        )
        self.process.stdout.readline()

    def rate(self, line):
        print(line, file=self.process.stdin, flush=True)
        return float(self.process.stdout.readline().split()[self.answer])


def java_command(program):
    class_path = (LIBRARY / "target" / "classpath").read_text().strip()
    paths = f"{LIBRARY}/target/test-classes:{LIBRARY}/target/classes:{class_path}"
    return ["java", *JVM, "-cp", paths, f"dev.smt.training.{program}"]


def measured(peers, rounds, seconds):
    """Medians by name, of rounds in which each peer has one turn."""
    for peer, line, _ in peers.values():
        peer.rate(f"{line} {4 * seconds}")  # warm-up
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
    parser.add_argument("--cpu", action="store_true", help="examples per CPU second: for one thread, where others run")
    arguments = parser.parse_args()
    jvm = Peer(java_command("DlrmRounds"), arguments.cpu)
    pytorch = Peer([arguments.python, str(ROOT / "benchmarks/trainer/pytorch_peer.py")], arguments.cpu)
    print("| ids | batch | threads | " + " | ".join(arguments.peers) + " | ours to each: median of the rounds (best to best) |")
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
                cells = [
                    f"{medians[n] / 1000:.1f}k, {max(rates[n]) / 1000:.1f}k" if n in medians else ""
                    for n in arguments.peers
                ]
                ratios = ", ".join(
                    f"{name} {statistics.median(o / p for o, p in zip(rates['ours'], rates[name])):.2f}"
                    f" ({max(rates['ours']) / max(rates[name]):.2f})"
                    for name in medians
                    if name != "ours"
                )
                print(f"| {ids} | {batch} | {threads} | " + " | ".join(cells) + f" | {ratios} |", flush=True)


main()
