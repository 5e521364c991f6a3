"""`archive check`: rules over the whole record, each finding at its line and column with the way to mend it."""

from annotated_archive.check.catalogue import CATALOGUE, Rule
from annotated_archive.check.reporters import REPORTERS
from annotated_archive.check.rights import PUBLISHING
from annotated_archive.check.run import CheckResult, checked, read, run

__all__ = ["CATALOGUE", "PUBLISHING", "REPORTERS", "CheckResult", "Rule", "checked", "read", "run"]
