"""The highway, against powers of the weight, nudges of the memory, and products of forget gates."""

import numpy as np
import pytest
from course import corners, places

from statland import STATLAND_LSTM_WEIGHTS, lstm_forward, with_forget_bias
from statland.pictures.highway import MARKS, Highway
from statland.pictures.parts import DECADE, ZERO

WAITING = "company A, waiting"


@pytest.mark.parametrize(
    ("b_f", "name", "prices"), [(1.6234, "medium every day", [0.5] * 12), (3.0, WAITING, [0, 0.5, *[0.25] * 6, 1])]
)
def test_the_three_lines_are_measured_ones(b_f, name, prices):
    picture, days, params = Highway(), len(prices), with_forget_bias(STATLAND_LSTM_WEIGHTS, b_f)
    sentence, trace = picture.update(b_f, 0.5, days, name), lstm_forward(prices, params)

    def last(day, nudge):
        c = trace.c[day] + nudge
        return lstm_forward(prices[day:], params, h0=trace.o[day - 1] * np.tanh(c), c0=c).c[-1]

    measured = (
        [0.5 ** (days - day) for day in range(1, days + 1)],
        [*((last(day, 1e-5) - last(day, -1e-5)) / 2e-5 for day in range(1, days)), 1.0],
        [np.prod(trace.f[day:]) for day in range(1, days + 1)],
    )
    for (line, *_), ratios in zip(picture.curves, measured, strict=True):
        assert line.get_ydata() == pytest.approx(DECADE * np.log10(np.abs(ratios)), abs=1e-4)
    vanilla, lstm, gates = (value.get_text() for *_, value in picture.curves)
    assert [float(vanilla), float(lstm), float(gates)] == pytest.approx([line[0] for line in measured], rel=6e-3)
    passes = f"passes on {vanilla} of day 1, the LSTM {lstm}, its gates alone {gates}."
    assert sentence == f"b_f = {b_f:g}, w_h = 0.5, {days} days, {name}: the vanilla unit {passes}"


def test_marks_tell_sign_zero_and_the_edge_apart():
    picture = Highway()
    picture.update(w_h=0.0, days=200, prices=WAITING)
    (line, vanilla, _), (_, lstm, _), (_, gates, _) = picture.curves
    assert len(line.get_xdata()) == 1, "only the last day is left of the vanilla unit"
    assert corners(vanilla.zero, 6)[:, 2, 1] == pytest.approx(np.full(MARKS, ZERO * DECADE))
    assert min(len(places(lstm.positive, 6)), len(places(lstm.negative, 6))) > 3
    assert len(places(gates.below, 3)) == 7, "the forget gates alone are below the axis"
    assert len(gates.positive.get_path().vertices) == 0, "their line has no marks of its own"


@pytest.mark.parametrize(("days", "marks"), [(2, 2), (25, 25), (26, 14), (50, 26), (199, 26)])
def test_no_line_has_more_marks_than_the_eye_can_tell_apart(days, marks):
    picture = Highway()
    picture.update(w_h=1.0, days=days)
    line, signed, _ = picture.curves[0]
    x = places(signed.positive, 4)[:, 0]
    assert len(x) == marks
    assert x[[0, -1]] == pytest.approx(line.get_xdata()[[0, -1]]), "day 1 and the last day are among them"
