import importlib.util
import sys
from importlib.metadata import distributions

import pytest

from bot.stand_ins import ABSENT, StandInModule, StandInUsedError


def test_tensorflow_is_not_installed():
    names = {(d.metadata["Name"] or "").lower() for d in distributions()}
    assert not {n for n in names if n.startswith(("tensorflow", "keras", "jax", "kafka"))}


def test_tensorflow_is_not_loaded_although_rasa_imports_it():
    import rasa.nlu.classifiers.diet_classifier  # noqa: PLC0415

    assert rasa.nlu.classifiers.diet_classifier
    assert isinstance(sys.modules["tensorflow"], StandInModule)


def test_none_of_the_absent_libraries_is_loaded():
    loaded = [name for name in ABSENT if name in sys.modules]
    assert loaded
    assert all(isinstance(sys.modules[name], StandInModule) for name in loaded)


def test_the_namespace_that_google_shares_is_left_alone():
    assert importlib.util.find_spec("google.protobuf") is not None
    assert not isinstance(sys.modules.get("google"), StandInModule)


@pytest.mark.parametrize("name", ["constant", "Variable", "Tensor"])
def test_a_real_use_is_refused(name):
    import tensorflow as tf  # noqa: PLC0415

    with pytest.raises(StandInUsedError):
        getattr(tf, name)(1)
    with pytest.raises(StandInUsedError):
        tf.keras.layers.Dense(3)


def test_a_class_may_be_derived_and_not_made():
    import tensorflow as tf  # noqa: PLC0415

    class Callback(tf.keras.callbacks.Callback):
        pass

    with pytest.raises(StandInUsedError):
        Callback()
