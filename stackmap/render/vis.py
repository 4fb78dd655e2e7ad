"""The carrier of the map: pyvis as graph model, and the drawing library that lies inside its wheel.

pyvis's own page is never written: it loads scripts from elsewhere and puts names into markup unescaped.
Importing this module is slow (pyvis brings IPython along), so import it only when a map is drawn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from pyvis.network import Network

from stackmap.errors import StackmapError

__all__ = ["StackNetwork", "drawing_library"]

_LIBRARY = "templates/lib/vis-9.1.2/vis-network.min.js"
_LIBRARY_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

_OPTIONS: Mapping[str, Any] = {
    "physics": False,
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "dragNodes": False, "zoomView": False, "selectConnectedEdges": False},
    "nodes": {"shape": "custom"},
}


def drawing_library() -> str:
    """The text of vis-network 9.1.2, with plain line ends, safe inside a script element.

    Raises StackmapError when the installed pyvis carries anything else.
    """
    found = files("pyvis").joinpath(_LIBRARY)
    content = found.read_bytes() if found.is_file() else b""
    if hashlib.sha256(content).hexdigest() != _LIBRARY_SHA256:
        raise StackmapError(
            "The installed pyvis does not carry the vis-network 9.1.2 that the map was tested with. "
            "Install pyvis==0.3.2."
        )
    return content.decode("utf-8").replace("\r\n", "\n").replace("</script", "<\\/script")


class StackNetwork(Network):  # type: ignore[misc]  # pyvis ships no types
    """A network with fixed positions whose page is ours."""

    def __init__(self, page: Callable[[Mapping[str, Any]], str]) -> None:
        """`page` turns what the canvas needs (nodes, edges, options) into HTML."""
        super().__init__(directed=True)
        self.options = dict(_OPTIONS)
        self._page = page

    def add_things(self, things: Iterable[tuple[str, str, float, float]]) -> None:
        """Add nodes as id, label, x and y (of the centre)."""
        for id_, label, x, y in things:
            self.add_node(id_, label=label or id_, shape="custom", x=x, y=y)

    def add_lines(self, lines: Iterable[Mapping[str, Any]]) -> None:
        """Add edges whose ends are there and that are one per pair of ends."""
        # Not through `add_edge`: it compares each new edge with all the others.
        self.edges.extend({**line, "arrows": "to"} for line in lines)

    def generate_html(self, name: str = "map.html", local: bool = True, notebook: bool = False) -> str:
        """Our page. The arguments are those of the overridden method; none of them matters here."""
        del name, local, notebook
        return self._page({"nodes": self.nodes, "edges": self.edges, "options": self.options})
