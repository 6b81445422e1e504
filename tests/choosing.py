"""Which tests tell something of the database, so that they are run again on a server of another version."""

import pytest

#: What a test asks for that uses the database, and what has little to do with its version and takes long.
USES = {"db", "transactional_db", "empty_database"}
ELSEWHERE = {"browser", "valid_html", "opensearch_cluster"}


def is_of_the_database(item: pytest.Item) -> bool:
    """Says whether a test uses the database, without a browser, the HTML checker or OpenSearch."""
    asked = set(getattr(item, "fixturenames", ()))
    uses = asked & USES or item.get_closest_marker("django_db")
    return bool(uses) and not asked & ELSEWHERE and "opensearch" not in item.nodeid
