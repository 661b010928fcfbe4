from apps.standing.selectors.bars import Bar, Fact, bars_on
from apps.standing.selectors.watch import WatchMatch, watch_matches

__all__ = ["Bar", "Fact", "WatchMatch", "bars_on", "watch_matches"]
