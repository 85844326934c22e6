"""The picture of padding, averaging and cutting, against lists worked out without it."""

import numpy as np
import pytest
from course import corners, places, written

from statland.pictures.three_ways import COMPANIES, LISTS, READ, ROWS, WAYS, ThreeWays

READINGS = {  # of mirror, young, older, third and steady
    "padding": [(0, 0.5, 1), (0, 1, 0.5), (1, 0.5, 0.5), (0, 0.5, 0.5), (0, 0.5, 0.5)],
    "averaging": [(0.75,), (0.75,), (2 / 3,), (1 / 3,), (0.5,)],
    "cutting": [(0.5, 1), (1, 0.5), (0.5, 0.5), (0.5, 0.5), (0.5, 0.5)],
}
SAME = {"padding": ["third", "steady"], "averaging": ["mirror", "young"], "cutting": ["older", "third", "steady"]}


def shown(picture):
    """What the squares show, by their row: the columns of READ that are taken, and how much of each is filled."""
    filled = {tuple(bar.min(axis=0).round(6)): np.ptp(bar[:, 1]) / 28 for bar in corners(picture.gauges.levels, 4)}
    found = {}
    for square in [*corners(picture.gauges.squares, 4), *corners(picture.made_up, 4)]:
        middle = square.mean(axis=0)
        level = filled.get(tuple(square.min(axis=0).round(6)), 0.0)
        found.setdefault(round(float(middle[1])), {})[round(float(middle[0]))] = level
    return {y: [levels[x] for x in sorted(levels)] for y, levels in found.items()}


@pytest.mark.parametrize("way", WAYS)
def test_before_equal_inputs_move_together_each_row_holds_what_the_network_reads(way):
    picture = ThreeWays()
    picture.update(way, 4)
    rows = dict(zip(map(round, ROWS.tolist()), READINGS[way], strict=True))
    assert shown(picture) == {y: pytest.approx(levels) for y, levels in rows.items()}
    assert places(picture.gauges.squares, 4)[:, 0].max() == READ[-1], "today's, or the average"


@pytest.mark.parametrize("way", WAYS)
def test_equal_inputs_end_in_one_place_and_different_ones_in_different_places(way):
    picture = ThreeWays()
    words = picture.update(way, 6)
    different = len(set(READINGS[way]))
    found = shown(picture)
    assert len(found) == different
    assert sorted(found.values()) == [pytest.approx(levels) for levels in sorted(map(list, set(READINGS[way])))]
    assert f"{different} inputs" in written(picture.figure)
    *names, last = SAME[way]
    assert f"{different} different inputs from 5 companies: {', '.join(names)} and {last} are the same (" in words
    lines = picture.ways.get_path().vertices.reshape(-1, 2, 2)
    together = [lines[list(COMPANIES).index(name), 1].tolist() for name in SAME[way]]
    assert all(end == together[0] for end in together), "their lines meet"
    assert len(np.unique(lines[:, 1, 1])) == different
    plate, ways = np.split(picture.same.get_path().vertices, [5])
    assert plate[:4, 1].mean() == pytest.approx(together[0][1])
    ways = ways.reshape(-1, 2, 2)
    assert ways[:, 0, 1].tolist() == [ROWS[list(COMPANIES).index(name)] for name in SAME[way]]
    assert (ways[:, 1] == [plate[:, 0].min(), plate[:4, 1].mean()]).all(), "thick lines from each to the plate"


def test_a_made_up_zero_has_a_dashed_edge_and_a_true_one_has_not():
    picture = ThreeWays()
    picture.update("padding", 4)
    short = [row for row, prices in zip(ROWS, COMPANIES.values(), strict=True) if len(prices) == 2]
    assert places(picture.made_up, 4).tolist() == [[READ[0], row] for row in short]
    assert picture.made_up.get_linestyle() != "solid" == picture.same.get_linestyle()
    assert not {*map(tuple, places(picture.gauges.squares, 4))} & {*map(tuple, places(picture.made_up, 4))}
    picture.update("cutting", 4)
    assert len(places(picture.made_up, 4)) == 0


def test_a_price_that_is_cut_is_crossed_out_where_it_stood():
    picture = ThreeWays()
    picture.update("cutting", 3)
    long = [row for row, prices in zip(ROWS, COMPANIES.values(), strict=True) if len(prices) == 3]
    assert places(picture.lost, 6) == pytest.approx(np.array([[LISTS[0], row] for row in long]))
    for way in ("padding", "averaging"):
        picture.update(way, 3)
        assert len(places(picture.lost, 6)) == 0


def test_the_start_shows_the_sockets_of_each_way_and_not_what_becomes_the_same():
    picture = ThreeWays()
    for way, sockets in (("padding", 3), ("averaging", 1), ("cutting", 2)):
        assert picture.update(way, 0).endswith("moment = 0: 5 companies, with 2 or 3 prices each.")
        assert len(places(picture.sockets, 4)) == 5 * sockets
        assert len(picture.same.get_path().vertices) == len(picture.ways.get_path().vertices) == 0
        assert "? inputs" in written(picture.figure)


def test_averages_are_written_beside_their_squares():
    picture = ThreeWays()
    picture.update("averaging", 6)
    values = {words.get_position()[1]: words.get_text() for words in picture.values if words.get_text()}
    assert values == {ROWS[1]: "0.75", ROWS[2]: "0.667", ROWS[3]: "0.333", ROWS[4]: "0.5"}
    picture.update("cutting", 6)
    assert not any(words.get_text() for words in picture.values)
