"""The web page of the map: shut in, without memory, and unable to go anywhere."""

import logging

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from console.ui.map.engine import SCHEME
from console.ui.map.scheme import PAGE_URL, ConsoleScheme

log = logging.getLogger(__name__)

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.LocalStorageEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.PluginsEnabled,
    _Attribute.ErrorPageEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.WebGLEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.ReadingFromCanvasEnabled,
)


class OutsideGuard(QWebEngineUrlRequestInterceptor):
    """Blocks every request that leaves the console: scheme, and keeps a list of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if url.scheme() != SCHEME.decode():
            info.block(True)
            self.blocked.append(url.toString()[:200])
            log.warning("the map page asked for something outside: blocked")


class MapPage(QWebEnginePage):
    """Shows one address and refuses every other, every window and every dialog."""

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        # The text may quote what was shown: keep the place, not the words.
        if level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            log.warning("map page: error at %s:%d", QUrl(source).fileName(), line)
            log.debug("map page: %s", message[:500])

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main_frame: bool
    ) -> bool:
        return is_main_frame and QUrl(url) == PAGE_URL

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return None  # type: ignore[return-value]  # Qt's way to say no; the stub knows no null

    def javaScriptAlert(self, origin: QUrl | str, message: str) -> None:
        return

    def javaScriptConfirm(self, origin: QUrl | str, message: str) -> bool:
        return False


def make_profile(scheme: ConsoleScheme, guard: OutsideGuard, parent: QObject) -> QWebEngineProfile:
    """An off-the-record profile: nothing on disk, no cookies, no cache, only our scheme."""
    profile = QWebEngineProfile(parent)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setSpellCheckEnabled(False)
    profile.setUrlRequestInterceptor(guard)
    profile.installUrlSchemeHandler(SCHEME, scheme)
    profile.downloadRequested.connect(lambda request: request.cancel())
    return profile


def make_page(profile: QWebEngineProfile, parent: QObject) -> MapPage:
    """A page on `profile` with everything off that a map has no use for."""
    page = MapPage(profile, parent)
    settings = page.settings()
    for attribute in _OFF:
        settings.setAttribute(attribute, False)
    settings.setAttribute(_Attribute.ShowScrollBars, False)
    page.newWindowRequested.connect(_refuse_window)
    page.permissionRequested.connect(lambda permission: permission.deny())
    return page


def _refuse_window(request: QWebEngineNewWindowRequest) -> None:
    log.warning("the map page asked for a window: refused")
