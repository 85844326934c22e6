"""Three ways to make histories of different length fit one network, and what each of them loses."""

from itertools import zip_longest

import numpy as np
from matplotlib.path import Path

from statland.checks import shows
from statland.pictures import parts
from statland.pictures.parts import number
from statland.prices import HIGH, LOW, MEDIUM, padded

COMPANIES = {
    "mirror": (MEDIUM, HIGH),
    "young": (HIGH, MEDIUM),
    "older": (HIGH, MEDIUM, MEDIUM),
    "third": (LOW, MEDIUM, MEDIUM),
    "steady": (MEDIUM, MEDIUM),
}
LONGEST = 3
WAYS = {  # what the network reads of a history
    "padding": lambda prices: padded(prices, LONGEST),
    "averaging": lambda prices: (float(np.mean(prices)),),
    "cutting": lambda prices: prices[-2:],
}
DOING = {
    "padding": "zeros fill up the days that are missing",
    "averaging": "all prices of a company become one number",
    "cutting": "only the last 2 prices of a company go on",
}
ROWS = 230 - 50.0 * np.arange(len(COMPANIES))
LISTS, READ = 96 + 36 * np.arange(3), 390 + 36 * np.arange(3)  # columns of the lists and of what the network reads
ACROSS, TOGETHER = (0, 0.4, 0.6, 0.8, 1, 1, 1), (0, 0, 0, 0, 0, 0.5, 1)  # shares of the two ways, by moment
LAST = len(ACROSS) - 1
SIZE, FRAME, HEAD = 14, 21, 283


class ThreeWays:
    """Five histories on the left; they move to the right, where equal inputs become one, on a dark plate."""

    alt = "Five companies' prices on the left, what a network reads of them on the right: some become the same."

    @parts.with_defaults
    def __init__(self):
        self.figure = parts.page(300)
        ax = parts.canvas(self.figure, 0, 0, 540, 300)
        squares = [(row, *move) for row, prices in enumerate(COMPANIES.values()) for move in _moves(prices)]
        row, column, _, price, _ = map(np.array, zip(*squares, strict=True))
        parts.Gauges(ax, animated=False).show(LISTS[column], ROWS[row], price, SIZE)
        for place, name in zip(ROWS, COMPANIES, strict=True):
            parts.text(ax, 8, place, name, va="center")
        parts.text(ax, LISTS[-1], 2, "today", ha="center")
        big = {"ha": "center", "va": "center", **parts.VALUE}
        parts.text(ax, LISTS[1], HEAD, f"{len(COMPANIES)} companies", **big)
        self.sockets = parts.shapes(ax, parts.FAINT, fc="none", lw=1, zorder=1.5)
        self.ways = parts.shapes(ax, parts.FAINT, fc="none", lw=1.5, zorder=1.5)
        self.gauges = parts.Gauges(ax, zorder=4)
        self.made_up = parts.shapes(ax, parts.INK, fc=parts.BAND, lw=2, ls=(0, (2, 1.5)), zorder=4)
        self.same = parts.shapes(ax, parts.INK, lw=4, zorder=2)
        self.lost = parts.shapes(ax, parts.INK, lw=3, zorder=5)
        self.values = [parts.text(ax, READ[-1] + 28, 0, "", va="center", animated=True) for _ in COMPANIES]
        self.count = parts.text(ax, READ[1], HEAD, "", animated=True, **big)

    @shows(way=WAYS, moment=(0, LAST))
    def update(self, way="padding", moment=0):
        """Show the histories at this moment of their way into the network; return what it can tell apart."""
        read = [WAYS[way](prices) for prices in COMPANIES.values()]
        groups = {each: [row for row, other in enumerate(read) if other == each] for each in read}
        ends = np.array([ROWS[groups[each][len(groups[each]) // 2]] for each in read])
        sockets = np.tile(READ[-len(read[0]) :], len(ROWS))
        self.sockets.set_path(parts.marks("s", sockets, np.repeat(ROWS, len(read[0])), SIZE + 2))
        x = self._show_squares(way, ACROSS[moment], ROWS + TOGETHER[moment] * (ends - ROWS))

        done = moment == LAST
        meet = [rows for rows in groups.values() if done and len(rows) > 1]
        low = np.array([ends[rows[0]] - FRAME for rows in meet])
        plates = parts.bars(x - FRAME, READ[-1] + FRAME, low, low + 2 * FRAME)
        ways = [Path([(LISTS[-1] + SIZE, ROWS[row]), (x - FRAME, ends[row])]) for rows in meet for row in rows]
        self.same.set_path(Path.make_compound_path(plates, *ways))
        self.count.set_text(f"{len(groups) if done else '?'} inputs")
        values = [(ends[rows[0]], number(each[0])) for each, rows in groups.items() if done and way == "averaging"]
        for words, (y, value) in zip_longest(self.values, values, fillvalue=(0, "")):
            words.set(y=y, text=value)
        return f"way = {way}, moment = {moment}: {_told(way, moment, groups)}."

    def _show_squares(self, way, share, y):
        """Show the squares after this share of their way across, at these heights; return where the leftmost stands."""
        moves = [(row, *move) for row, prices in enumerate(COMPANIES.values()) for move in _moves(prices, way)]
        row, start, end, before, after = map(np.array, zip(*moves, strict=True))
        x = LISTS[start] + share * (READ[end] - LISTS[start])
        old = np.array([-len(prices) for prices in COMPANIES.values()])  # column of each first day
        made_up = start < old[row]
        true, shown = ~made_up, made_up & (share > 0)
        self.gauges.show(x[true], y[row][true], (before + share * (after - before))[true], SIZE)
        self.made_up.set_path(parts.marks("s", x[shown], y[row][shown], SIZE))

        rows = np.arange(len(ROWS))
        first = np.array([start[row == k].min() for k in rows])
        lost = rows[(old < first) & (share > 0)]
        self.lost.set_path(parts.marks("x", LISTS[old[lost]], ROWS[lost], 9))
        left = np.array([x[row == k].min() - SIZE for k in rows])
        lines = [[(LISTS[-1] + SIZE, ROWS[k]), (left[k], y[k])] for k in rows if share]
        self.ways.set_path(Path.make_compound_path(*map(Path, lines)) if lines else parts.NOTHING)
        return x.min()


def _moves(prices, way=None):
    """Return for each price of a history its column at the start and at the end, and its value at both.

    Columns are counted back from today, which is -1.
    """
    if way == "averaging":
        return [(day - len(prices), -1, price, *WAYS[way](prices)) for day, price in enumerate(prices)]
    read = WAYS[way](prices) if way else prices
    return [(day - len(read), day - len(read), price, price) for day, price in enumerate(read)]


def _told(way, moment, groups):
    """Return in words what happens, or which companies have become the same to the network."""
    if moment == 0:
        return f"{len(COMPANIES)} companies, with 2 or 3 prices each"
    if moment < LAST:
        return DOING[way]
    names = np.array(list(COMPANIES))
    same = "; ".join(
        f"{', '.join(names[rows[:-1]])} and {names[rows[-1]]} are the same ({', '.join(map(number, prices))})"
        for prices, rows in groups.items()
        if len(rows) > 1
    )
    return f"{len(groups)} different inputs from {len(COMPANIES)} companies: {same}"
