"""The look of the notebooks' plots: colours that colour-blind people tell apart (Okabe and Ito), few lines, units on axes."""

import matplotlib.pyplot as plt

GOOD = "#0072B2"
BAD = "#D55E00"
OPEN = "#E69F00"
QUIET = "#8A8A8A"
INK = "#222222"
CYCLE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6D31", "#000000"]
MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*"]
# Orange: worse, white: nothing, blue: better.
DIVERGING = "PuOr"


def use_style():
    plt.rcParams.update({
        "figure.dpi": 90, "savefig.dpi": 90, "figure.facecolor": "white", "savefig.bbox": "tight",
        "font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.labelcolor": INK,
        "axes.edgecolor": QUIET, "xtick.color": INK, "ytick.color": INK,
        "axes.spines.top": False, "axes.spines.right": False,
        "axes.titlesize": 12, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlepad": 12,
        "axes.grid": True, "grid.color": "#E6E6E6", "grid.linewidth": 0.8, "axes.axisbelow": True,
        "legend.frameon": False, "lines.linewidth": 1.6,
    })


def intervals(axes, labels, values, low, high, colours, unit="percent NE, positive is better"):
    """One row per label: a point with its interval, and a line at 0."""
    rows = range(len(labels))[::-1]
    axes.axvline(0, color=INK, linewidth=0.9)
    for row, value, left, right, colour in zip(rows, values, low, high, colours):
        axes.plot([left, right], [row, row], color=colour, linewidth=2.2, solid_capstyle="round", alpha=0.75)
        axes.plot(value, row, "o", color=colour, markersize=6.5, markeredgecolor="white")
    axes.set_yticks(list(rows), labels)
    axes.set_ylim(-0.7, len(labels) - 0.3)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(unit)


def title(axes, question, answer):
    """What the plot asks, and in small letters what it says."""
    axes.set_title(question, pad=26)
    axes.annotate(answer, (0, 1), xycoords="axes fraction", xytext=(0, 9), textcoords="offset points",
                  color="#555555", fontsize=9.5)


def key(axes, entries, **place):
    """A legend of coloured words: [(label, colour), ...]."""
    marks = [plt.Line2D([], [], marker="o", linestyle="", color=colour, label=label) for label, colour in entries]
    axes.legend(handles=marks, **(place or {"loc": "best"}))
