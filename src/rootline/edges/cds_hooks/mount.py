"""Adds the CDS Hooks service to the web application where it is set up. Answers nothing itself."""

from __future__ import annotations

from fastapi import FastAPI

from rootline.edges.cds_hooks.config import config_from_environment
from rootline.edges.cds_hooks.crossing import Crossing
from rootline.edges.web.site import Site
from rootline.errors import InputError


def connect(app: FastAPI, site: Site) -> None:
    """Mount the service where `ROOTLINE_CDS` names its settings, on an application that has all its other layers.

    Raises a `RootlineError` for what cannot be served.
    """
    config = config_from_environment()
    if config is None:
        return
    if config.is_open and not site.hosts:
        raise InputError("without tokens the service answers this machine alone", mend="Leave `--host` out.")
    try:
        from rootline.edges.cds_hooks.routes import router_of
    except ImportError:
        raise InputError(
            "the libraries for hospitals are not installed", mend="Install them: pip install 'rootline[hospital]'."
        ) from None
    app.include_router(router_of(site, config))
    app.add_middleware(Crossing, origins=config.origins)
