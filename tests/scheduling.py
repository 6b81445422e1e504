"""Which of several processes runs a test, and when: one runs those of OpenSearch, and so starts one cluster."""

from xdist.scheduler import LoadScopeScheduling

NAME = "opensearch"
#: They start the archive again and again and use no database of the tests: at the end, others would wait for them.
LONGEST = ("tests/setup/test_killed_import.py", "tests/setup/test_serve.py", "tests/setup/test_search_down.py")


def is_of_opensearch(nodeid: str) -> bool:
    """Says whether a test's path, name or parameter says "opensearch", which is all that pytest-xdist knows of it."""
    return NAME in nodeid


def is_of_the_longest(nodeid: str) -> bool:
    return nodeid.startswith(LONGEST)


class OneCluster(LoadScopeScheduling):
    """Hands out the tests one by one, but those of OpenSearch together. They are the longest piece, and so come first.

    The groups of pytest-xdist itself (``--dist loadgroup``) are not heeded with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return NAME if is_of_opensearch(nodeid) else nodeid
