"""Methods of Great Expectations' execution engines that are overridden on single engines, because they are slow."""
