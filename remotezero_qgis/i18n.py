"""Translation of the plugin's own words: one context, one catalogue per language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QLocale, QSettings, QTranslator

from .files import resource_path

CONTEXT = "RemoteZero"


def tr(text: str) -> str:
    """Return ``text`` in the user's language; format placeholders afterwards: ``tr("{n} m").format(n=3)``."""
    return QCoreApplication.translate(CONTEXT, text)


def user_language() -> str:
    """Return the two-letter language QGIS runs in, honouring its *override system locale* setting."""
    settings = QSettings()
    name = ""
    if settings.value("locale/overrideFlag", False, type=bool):
        name = settings.value("locale/userLocale", "", type=str)
    return (name or QLocale.system().name())[:2].lower()


def install_translator(language: str | None = None) -> QTranslator | None:
    """Load the catalogue of ``language`` (default: QGIS's own) and install it.

    Returns:
        The translator, to be kept and given to :func:`remove_translator`; None where the language has none.
    """
    catalogue = resource_path("i18n/remotezero_{}.qm".format(language or user_language()))
    translator = QTranslator()
    if not catalogue.is_file() or not translator.load(str(catalogue)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def remove_translator(translator: QTranslator | None) -> None:
    """Take ``translator`` out of the application again."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
