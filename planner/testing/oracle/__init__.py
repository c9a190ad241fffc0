"""An independent oracle that answers small scenarios by enumeration, with python-constraint."""
