"""What this room tells the floors above: the facts about somebody have changed. Payload {"fact_id"}; no personal data.

An import tells nothing line by line: the watch list is asked afresh whenever somebody decides, and each night.
"""

FACT_RECORDED = "fact.recorded"
FACT_WITHDRAWN = "fact.withdrawn"
