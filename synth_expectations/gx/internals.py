"""The private names of Great Expectations that this package uses, each checked when this module is imported.

Great Expectations moves private names within 1.x. A name that has a safe substitute is optional: without it there is
one warning, and the substitute works. A name without which a verdict could change silently is required: without it,
the import fails.

Nothing here changes Great Expectations for others: methods are overridden in subclasses, or on single engines
(`gx.overrides.base`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from great_expectations import __version__ as gx_version
from great_expectations.data_context.data_context.context_factory import project_manager
from great_expectations.data_context.util import instantiate_class_from_config
from great_expectations.expectations.registry import register_renderer

from synth_expectations.gx.private_name import PrivateName, Use, check_names

Method = TypeVar("Method")

_SQL = "great_expectations.datasource.fluent.sql_datasource"
_ENGINE = "great_expectations.execution_engine.sqlalchemy_execution_engine.SqlAlchemyExecutionEngine"
_STORE = "great_expectations.data_context.store.tuple_store_backend.TupleFilesystemStoreBackend"
_EXPECTATION = "great_expectations.expectations.expectation.Expectation"

_required = partial(PrivateName, seen_in="1.24.1", required=True)
_optional = partial(PrivateName, seen_in="1.24.1")

SQL_ASSET = _required(_SQL, "_SQLAsset", Use.READ, "Parquet assets and daily batches of databases are made of it.")
PARTITIONERS = _required(
    f"{_SQL}._SQLAsset",
    "_partitioner_implementation_map",
    Use.READ,
    "A day without records would be judged as another day.",
    used_by="get_partitioner_implementation",
)
BATCH_SPEC_ARGUMENTS = _required(
    f"{_SQL}._SQLAsset",
    "_create_batch_spec_kwargs",
    Use.OVERRIDDEN,
    "Files that have arrived since the last batch would not be read.",
    parameters=(),
    used_by="get_batch",
)
BATCH_SPEC = _required(
    f"{_SQL}._SQLAsset",
    "_create_batch_spec",
    Use.OVERRIDDEN,
    "No batch of Parquet files could be made.",
    parameters=("batch_spec_kwargs",),
    used_by="get_batch",
)
SELECTABLE_OF_SPEC = _required(
    _ENGINE,
    "_build_selectable_from_batch_spec",
    Use.OVERRIDDEN,
    "A daily batch would hold the records of other days.",
    parameters=("batch_spec",),
    used_by="get_batch_data_and_markers",
)
SELECTABLE = _required(
    "great_expectations.execution_engine.sqlalchemy_batch_data.SqlAlchemyBatchData",
    "_selectable",
    Use.READ,
    "A daily batch would hold the records of other days.",
    used_by="selectable",
    on_instances=True,
)
ADD_ASSET = _required(
    "great_expectations.datasource.fluent.interfaces.Datasource",
    "_add_asset",
    Use.CALLED,
    "No asset could be added to a data source.",
    parameters=("asset",),
)
VALIDATE = _required(
    _EXPECTATION,
    "_validate",
    Use.OVERRIDDEN,
    "No expectation could be evaluated.",
    parameters=("metrics", "runtime_configuration", "execution_engine"),
)
FIELDS = _required(
    "great_expectations.expectations.expectation.BatchExpectation",
    "__fields__",
    Use.READ,
    "Arguments of Great Expectations would be taken for those of an expectation.",
)
BATCH_REQUESTS = _optional(
    f"{_SQL}._SQLAsset",
    "_fully_specified_batch_requests",
    Use.OVERRIDDEN,
    "To find one day of Parquet files, their whole column is read, and a day without records is an error.",
    parameters=("batch_request",),
    used_by="get_batch",
)
WRITE = _optional(
    _STORE, "_set", Use.OVERRIDDEN, "An interrupted run may leave half a file.", parameters=("key", "value", "kwargs")
)
PATH_OF_KEY = _optional(
    _STORE,
    "_convert_key_to_filepath",
    Use.CALLED,
    "An interrupted run may leave half a file, and each run writes all pages of its suites.",
    parameters=("key",),
)
CONTEXT_OF_ACTION = _optional(
    "great_expectations.checkpoint.actions.ValidationAction",
    "_resolve_context",
    Use.CALLED,
    "Actions use the project that was opened last.",
    parameters=(),
)
INDEX_LINKS = _optional(
    "great_expectations.render.renderer.site_builder.DefaultSiteIndexBuilder",
    "_add_validations_to_index_links",
    Use.OVERRIDDEN,
    "The index of Data Docs reads every stored result.",
    parameters=("index_links_dict", "validation_and_profiling_result_site_keys"),
)
RESOLVE_BUNDLE = _optional(
    _ENGINE,
    "resolve_metric_bundle",
    Use.OVERRIDDEN,
    "Great Expectations' own expectations read a table once more.",
    parameters=("metric_fn_bundle",),
)
RESOLVE_SPARK_BUNDLE = _optional(
    "great_expectations.execution_engine.SparkDFExecutionEngine",
    "resolve_metric_bundle",
    Use.OVERRIDDEN,
    "On Spark, Great Expectations' own expectations read a table once more.",
    parameters=("metric_fn_bundle",),
)
RESOLVE_METRICS = _optional(
    _ENGINE,
    "resolve_metrics",
    Use.OVERRIDDEN,
    "PostgreSQL finds duplicates in twice the time.",
    parameters=("metrics_to_resolve", "metrics", "runtime_configuration"),
)
RENDERERS = tuple(
    _optional(_EXPECTATION, name, Use.OVERRIDDEN, "The text of Data Docs is registered once more.")
    for name in (
        "_prescriptive_renderer",
        "_diagnostic_status_icon_renderer",
        "_diagnostic_observed_value_renderer",
        "_diagnostic_unexpected_statement_renderer",
        "_diagnostic_unexpected_table_renderer",
    )
)
TEMPLATE = _optional(
    _EXPECTATION,
    "_prescriptive_template",
    Use.OVERRIDDEN,
    "GX Cloud shows the arguments of an expectation, not its sentence.",
    parameters=("renderer_configuration",),
)

PRIVATE_NAMES = (
    *(SQL_ASSET, PARTITIONERS, BATCH_SPEC_ARGUMENTS, BATCH_SPEC, SELECTABLE_OF_SPEC, SELECTABLE, ADD_ASSET, VALIDATE),
    *(FIELDS, BATCH_REQUESTS, WRITE, PATH_OF_KEY, CONTEXT_OF_ACTION, INDEX_LINKS, RESOLVE_BUNDLE),
    RESOLVE_SPARK_BUNDLE,
    RESOLVE_METRICS,
    *RENDERERS,
    TEMPLATE,
)

CHANGED = check_names(PRIVATE_NAMES, gx_version)
"""The optional names that this version of Great Expectations has in another form, or not at all."""

SqlAsset: Any = SQL_ASSET.definition()
"""The class of all assets of databases."""

_TEXT_TEMPLATE = '{{ content_block["string_template"] | render_string_template }}'


def overrides(name: PrivateName) -> Callable[[Method], Method]:
    """Let a method override Great Expectations' own; where that has changed, keep theirs."""

    def choose(method: Method) -> Method:
        return name.definition() or method if name in CHANGED else method

    return choose


def fields_of(model: Any) -> frozenset[str]:
    """Return the names of the arguments of an expectation class of Great Expectations."""
    return frozenset(getattr(model, FIELDS.name))


def add_asset(datasource: Any, asset: Any) -> Any:
    """Add an asset to a data source, and return it."""
    return getattr(datasource, ADD_ASSET.name)(asset)


def set_partitioners(asset: Any, partitioners: dict[Any, Any]) -> None:
    """Let one asset of a database use other partitioners, by Great Expectations' class of each."""
    setattr(asset, PARTITIONERS.name, {**getattr(asset, PARTITIONERS.name), **partitioners})


def set_selectable(batch_data: Any, selectable: Any) -> None:
    """Let a batch of a database be read through another selectable."""
    setattr(batch_data, SELECTABLE.name, selectable)


def context_of(action: Any) -> Any:
    """Return the project that an action of a checkpoint belongs to."""
    if CONTEXT_OF_ACTION in CHANGED:
        return project_manager.get_current_project()
    return getattr(action, CONTEXT_OF_ACTION.name)().context


def file_of(backend: Any, key: tuple[str, ...]) -> Path | None:
    """Return the file that a store keeps a key in; None if it keeps none, or none can be told."""
    folder = getattr(backend, "full_base_directory", None)
    if folder is None or PATH_OF_KEY in CHANGED:
        return None
    return Path(folder, getattr(backend, PATH_OF_KEY.name)(key))


def make_site_builder(context: Any, name: str, config: dict[str, Any]) -> Any:
    """Return a builder of a site of Data Docs; a project itself makes one only to build the whole site."""
    return instantiate_class_from_config(
        config=config,
        runtime_environment={"data_context": context, "root_directory": context.root_directory, "site_name": name},
        config_defaults={"class_name": "SiteBuilder", "module_name": "great_expectations.render.renderer.site_builder"},
    )


def register_renderers(expectation: Any) -> None:
    """Register the renderers of an expectation class after those of Great Expectations, which may have other names."""
    if CHANGED.isdisjoint(RENDERERS):
        return
    for name in RENDERERS:
        register_renderer(expectation.expectation_type, expectation, getattr(expectation, name.name))


def is_text_template(source: str) -> bool:
    """Return whether the template of a text in Data Docs does nothing but fill in its parameters."""
    return source.strip() == _TEXT_TEMPLATE
