from apps.standing.selectors.bars import Bar, Fact, bars_on
from apps.standing.selectors.findings import Finding
from apps.standing.selectors.good_standing import GoodStanding, good_standing
from apps.standing.selectors.watch import WatchMatch, watch_matches

__all__ = ["Bar", "Fact", "Finding", "GoodStanding", "WatchMatch", "bars_on", "good_standing", "watch_matches"]
