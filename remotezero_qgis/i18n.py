"""Translation of the plugin's own words: one context, one catalogue per language."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication, QLocale, QSettings, QTranslator

from .files import resource_path

CONTEXT = "RemoteZero"
ENGLISH = "en"


def tr(text: str, n: int | None = None) -> str:
    """Return ``text`` in the user's language; format placeholders afterwards: ``tr("{n} m").format(n=3)``.

    Args:
        text: a literal, which tools/translations.py finds.
        n: a number that the words depend on, for a text with ``%n`` in it: ``tr("%n box(es)", n=3)``. Each
            language, English as well, has a form for each kind of number.
    """
    if n is None:
        return QCoreApplication.translate(CONTEXT, text)
    return QCoreApplication.translate(CONTEXT, text, None, n)


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
        The translator, to be kept and given to :func:`remove_translator`. A language that has no catalogue
        gets the English one: it has the singular and plural forms of English.
    """
    catalogue = resource_path("i18n/remotezero_{}.qm".format(language or user_language()))
    if not catalogue.is_file():
        catalogue = resource_path(f"i18n/remotezero_{ENGLISH}.qm")
    translator = QTranslator()
    if not translator.load(str(catalogue)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator


def remove_translator(translator: QTranslator | None) -> None:
    """Take ``translator`` out of the application again."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
