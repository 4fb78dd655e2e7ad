"""Finished answers into text: HTML, SVG, JSON and the like. Renderers decide nothing."""
