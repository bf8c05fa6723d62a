"""`manage.py load_deprivation`: the published table by the names of its columns, whole or not at all.

The tables here are made up: twenty areas, of which the first is the most deprived.
"""

import csv
import io
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from openpyxl import Workbook

from partnerships.models import Authority, DeprivationRank, SmallArea
from partnerships.queries.deprivation import loaded_editions, standings

OF_2019 = [
    "LSOA code (2011)",
    "LSOA name (2011)",
    "Local Authority District code (2019)",
    "Local Authority District name (2019)",
    "Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived)",
    "Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs)",
]
OF_2004 = [
    "SOA",
    "LA CODE",
    "LA NAME",
    "GOR CODE",
    "GOR NAME",
    "IMD SCORE",
    "RANK OF IMD SCORE (where 1 is most deprived)",
]
SIMPLE = ["lsoa01_code", "snac_code", "imd2004_rank", "imd2004_decile", "imd2007_rank", "imd2007_decile"]
AREAS = 20


def code(number):
    return f"E01{number:06}"


def of_2019(count=AREAS):
    """Rows under the headings of 2019: Southwark's by its code of that year."""
    return [
        [code(n), f"Southwark {n:03}A", "E09000028", "Southwark", n, -(-n * 10 // count)] for n in range(1, count + 1)
    ]


def of_2004():
    return [[code(n), "00BE", "Southwark", "H", "London", f"{90 - n}.12345", n] for n in range(1, AREAS + 1)]


def as_csv(heading, rows, encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text).writerows([heading, *rows])
    return text.getvalue().encode(encoding)


def as_workbook(heading, rows):
    """As the government publishes it: notes on the first sheet, the table on the second."""
    book = Workbook()
    book.active.append(["These are notes"])
    sheet = book.create_sheet("IMD")
    for row in [heading, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def load(tmp_path):
    """Load a file with this content, and give the lines that the command says."""

    def loaded(content, edition=2019, name="table.csv", **options):
        file, said = tmp_path / name, io.StringIO()
        file.write_bytes(content)
        call_command("load_deprivation", str(file), edition=edition, stdout=said, **options)
        return said.getvalue().splitlines()

    return loaded


def ranks(edition=2019):
    rows = DeprivationRank.objects.filter(edition=edition).order_by("rank")
    return list(rows.values_list("small_area__code", "rank", "decile"))


def test_the_table_of_2019_is_taken_by_its_headings(world, load):
    lines = load(as_csv(OF_2019, of_2019()))
    assert "small areas: 20 added, 0 changed, 0 as they were" in lines
    assert "deprivation ranks: 20 added, 0 changed, 0 as they were" in lines
    assert "in a known authority: 20" in lines
    assert ranks() == [(code(n), n, -(-n * 10 // AREAS)) for n in range(1, AREAS + 1)]
    area = SmallArea.objects.select_related("authority").get(code=code(1))
    assert (area.name, area.authority.snac_code) == ("Southwark 001A", "00BE")
    assert DeprivationRank.objects.first().source == "Index of Multiple Deprivation 2019, table.csv"
    assert (
        standings([code(1), code(20), "E01999999"])[code(1)][2019].words == "among the most deprived tenth of England"
    )


def test_a_table_that_is_shorter_than_the_published_one_is_told_of(world, load):
    assert "Look at the file: the published table of 2019 has 32,844." in load(as_csv(OF_2019, of_2019()))


def test_the_table_of_2004_has_scores_and_no_deciles(world, load):
    load(as_csv(OF_2004, of_2004()), edition=2004, source="Somewhere, page 3")
    first = DeprivationRank.objects.get(edition=2004, rank=1)
    assert (first.score, first.decile, first.source) == (Decimal("89.123"), 1, "Somewhere, page 3")
    assert [decile for _code, _rank, decile in ranks(2004)] == [-(-n // 2) for n in range(1, AREAS + 1)]


def test_case_spaces_and_order_of_the_headings_do_not_matter(world, load):
    heading = [f"  {words.upper().replace(' ', '  ')}" for words in reversed(OF_2019)]
    load(as_csv(heading, [list(reversed(row)) for row in of_2019()]))
    assert len(ranks()) == AREAS


def test_a_table_of_two_editions_gives_each_its_own(world, load):
    content = as_csv(SIMPLE, [[code(n), "00BE", n, -(-n // 2), 21 - n, -(-(21 - n) // 2)] for n in range(1, 21)])
    load(content, edition=2004)
    load(content, edition=2007)
    assert standings([code(1)])[code(1)][2004].rank == 1
    assert standings([code(1)])[code(1)][2007].rank == 20
    assert loaded_editions() == [2007, 2004]


def test_a_workbook_whose_table_is_on_its_second_sheet(world, load):
    load(as_workbook(OF_2019, of_2019()), name="table.xlsx")
    assert len(ranks()) == AREAS


def test_numbers_with_commas_and_an_old_encoding(world, load):
    rows = of_2019()
    rows[0][1], rows[4][4] = "Café £", "5.0"
    load(as_csv(OF_2019, rows, encoding="cp1252"))
    assert SmallArea.objects.get(code=code(1)).name == "Café £"
    many = [[code(n), "", "", "", f"{n:,}", ""] for n in range(1, 1501)]
    load(as_csv(OF_2019, many))
    assert ranks()[-1] == (code(1500), 1500, 10)


def test_a_second_run_changes_nothing_and_says_so(world, load):
    load(as_csv(OF_2019, of_2019()))
    before = list(DeprivationRank.objects.order_by("pk").values())
    assert "deprivation ranks: 0 added, 0 changed, 20 as they were" in load(as_csv(OF_2019, of_2019()))
    assert list(DeprivationRank.objects.order_by("pk").values()) == before


def test_a_corrected_table_takes_the_place_of_the_first(world, load):
    load(as_csv(OF_2019, of_2019()))
    rows = of_2019()
    rows[0][4], rows[1][4] = 2, 1
    rows[19][0] = code(21)
    assert "deprivation ranks: 1 added, 2 changed, 17 as they were, 1 removed" in load(as_csv(OF_2019, rows))
    assert ranks()[0][0] == code(2)
    assert ranks()[-1][0] == code(21)


def test_another_edition_leaves_the_first_and_what_is_known_of_the_areas(world, load):
    load(as_csv(OF_2004, of_2004()), edition=2004)
    load(as_csv(OF_2019, [[*row[:2], "E08000035", *row[3:]] for row in of_2019()]))
    assert len(ranks(2004)) == AREAS
    area = SmallArea.objects.select_related("authority").get(code=code(1))
    assert (area.name, area.authority.name) == ("Southwark 001A", "Southwark")


def test_an_authority_that_is_not_known_leaves_the_area_without(world, load):
    assert "in a known authority: 0" in load(as_csv(OF_2019, [[*row[:2], "E99", *row[3:]] for row in of_2019()]))
    assert not SmallArea.objects.exclude(authority=None).exists()


def test_a_former_code_of_an_authority_finds_it(world, load):
    gateshead = Authority.objects.get(former_gss_codes="E08000020")
    load(as_csv(OF_2019, [[*row[:2], "E08000020", *row[3:]] for row in of_2019()]))
    assert SmallArea.objects.first().authority == gateshead


def test_a_trial_says_the_same_and_changes_nothing(world, load):
    lines = load(as_csv(OF_2019, of_2019()), dry_run=True)
    assert "deprivation ranks: 20 added, 0 changed, 0 as they were" in lines
    assert "nothing has been changed" in lines[-1]
    assert not SmallArea.objects.exists()


@pytest.mark.parametrize("missing", [0, 4])
def test_a_column_that_is_missing_is_named(world, load, missing):
    heading, rows = list(OF_2019), of_2019()
    heading[missing] = "Something"
    with pytest.raises(CommandError, match=r"LSOA code|\(IMD\) Rank"):
        load(as_csv(heading, rows))


def test_a_column_that_is_there_twice_is_named(world, load):
    with pytest.raises(CommandError, match="These columns are the same"):
        load(as_csv([*OF_2019, OF_2019[4]], [[*row, row[4]] for row in of_2019()]))


def test_a_table_of_the_areas_of_another_census_is_refused(world, load):
    with pytest.raises(CommandError, match="which ranks the areas of 2001"):
        load(as_csv(OF_2019, of_2019()), edition=2004)


WRONG = [
    (0, "W01000001", "column LSOA code (2011): “W01000001” is no LSOA code"),
    (0, "E0100000", "no LSOA code"),
    (0, code(1), "E01000001 stands in row 2 already"),
    (4, "0", "“0” is no whole number from 1 to 20"),
    (4, "21", "Load the whole table"),
    (4, "-3", "no whole number"),
    (4, "", "no whole number"),
    (4, "=6+1", "no whole number"),
    (5, "11", "no whole number from 1 to 10"),
    (5, "10", "Decile 10 does not fit rank 7 of 20"),
]


@pytest.mark.parametrize(("column", "text", "words"), WRONG)
def test_a_wrong_cell_is_named_by_row_and_column_and_nothing_is_loaded(world, load, column, text, words):
    rows = of_2019()
    rows[6][column] = text
    with pytest.raises(CommandError) as told:
        load(as_csv(OF_2019, rows))
    assert words in str(told.value)
    assert "Row 8, column " in str(told.value)
    assert not SmallArea.objects.exists()


def test_every_wrong_row_is_counted_and_twenty_are_shown(world, load):
    rows = [["none", *row[1:]] for row in of_2019(60)]
    with pytest.raises(CommandError) as told:
        load(as_csv(OF_2019, rows))
    assert str(told.value).count("Row ") == 20
    assert "60 things are wrong" in str(told.value)
    assert "and 40 more" in str(told.value)


@pytest.mark.parametrize("score", ["many", "-1", "1000", "NaN"])
def test_a_wrong_score_is_named(world, load, score):
    rows = of_2004()
    rows[2][5] = score
    with pytest.raises(CommandError, match="Row 4, column IMD SCORE"):
        load(as_csv(OF_2004, rows), edition=2004)


def test_deciles_in_the_column_of_ranks_are_no_ranks(world, load):
    with pytest.raises(CommandError, match="that is no column of ranks"):
        load(as_csv(OF_2019[:5], [[*row[:4], row[5]] for row in of_2019()]))


NO_TABLES = [
    (b"", "LSOA code"),
    (b"\xd0\xcf\x11\xe0 old", "old workbook"),
    (b"PK\x03\x04 broken", "damaged"),
    (b"\x00\x01", "not a table"),
    (as_csv(OF_2019, []), "nothing below it"),
    (as_workbook(["A"], [["B"]]), "LSOA code"),
]


@pytest.mark.parametrize(("content", "words"), NO_TABLES, ids=[words for _content, words in NO_TABLES])
def test_a_file_that_is_no_table_is_refused(world, load, content, words):
    with pytest.raises(CommandError, match=words):
        load(content)


def test_a_file_that_is_not_there_and_a_source_that_is_too_long(world, load, tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("load_deprivation", str(tmp_path / "nowhere.csv"), edition=2019)
    with pytest.raises(CommandError, match="300 characters"):
        load(as_csv(OF_2019, of_2019()), source="x" * 301)


@pytest.mark.parametrize("half", [{"rank": 0}, {"decile": 0}, {"decile": 11}, {"rank": None}, {"small_area": None}])
def test_postgresql_refuses_a_half_written_rank(world, half):
    area = SmallArea.objects.create(code=code(1))
    whole = {"small_area": area, "edition": 2019, "rank": 1, "decile": 1, "source": "Test"}
    with pytest.raises(IntegrityError), transaction.atomic():
        DeprivationRank.objects.create(**{**whole, **half})
