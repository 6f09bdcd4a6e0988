"""The ways out of the topic market: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    **dict.fromkeys(
        (
            "gatherings:topic_market", "gatherings:topic_market_new", "gatherings:topic_market_alike",
            "gatherings:topic_market_topic", "gatherings:topic_market_desk", "gatherings:topic_market_decide",
            "gatherings:topic_market_merge", "api:suggestions", "api:suggestion_create",
            "api:suggestion_support", "api:suggestion_withdraw",
        ),
        "gatherings/tests/test_market.py",
    ),
    "gatherings:topic_market_support": "leads to the former",
}  # fmt: skip
