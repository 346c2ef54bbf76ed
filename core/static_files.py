"""Where the files of the pages' look and behaviour are collected for a server."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A script that imports another names it by its content, as pages name scripts: after an
    update no browser runs the one of today with the one of yesterday.
    """

    support_js_module_import_aggregation = True
