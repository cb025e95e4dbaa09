"""Runs in stock Rasa's environment: loads a model, parses messages one at a time, times each.

Usage: ``python classify.py MODEL MESSAGES.json RESULT.json``; MESSAGES is a list of texts, RESULT
holds for each the intents with their confidence, best first, and the seconds each took.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent

# Unconfigured it prints every message.
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
_WARM_UP = 20  # the first messages build TensorFlow's graph


def main(model: str, messages: str, result: str) -> None:
    """Parse every message and write what came out."""
    texts = json.loads(Path(messages).read_text("utf-8"))
    said = asyncio.run(_parsed(Agent.load(model), texts))
    Path(result).write_text(json.dumps(said), "utf-8")


async def _parsed(agent: Agent, texts: Sequence[str]) -> list[dict[str, Any]]:
    for text in texts[:_WARM_UP]:
        await agent.parse_message(text)
    said: list[dict[str, Any]] = []
    for number, text in enumerate(texts):
        began = time.perf_counter()
        parsed = await agent.parse_message(text)
        seconds = time.perf_counter() - began
        ranking = [(entry["name"], entry["confidence"]) for entry in parsed["intent_ranking"]]
        said.append({"ranking": ranking[:5], "seconds": seconds})
        if number % 200 == 0:
            print(f"{number} of {len(texts)}", flush=True)
    return said


if __name__ == "__main__":
    main(*sys.argv[1:4])
